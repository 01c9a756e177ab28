import { execFile } from 'node:child_process'
import { homedir, hostname, userInfo } from 'node:os'
import { promisify } from 'node:util'
import type { ConfigSurroundings } from '../../src/main/ssh/config/config-surroundings'

const run = promisify(execFile)

/** What `ssh -G` says: each keyword with its lines. */
export type SshSays = Map<string, string[]>

/** The real ssh's view of a host; null when it refuses the config. */
export const askSsh = async (config: string, host: string, options: string[] = []): Promise<SshSays | null> => {
  const answer = await run('ssh', ['-T', '-F', config, ...options, '-G', host], { timeout: 10_000 }).catch(() => null)
  if (!answer) return null
  const says: SshSays = new Map()
  for (const line of answer.stdout.trim().split('\n')) {
    const [, keyword = '', value = ''] = /^(\S+) ?(.*)$/.exec(line) ?? []
    says.set(keyword, [...(says.get(keyword) ?? []), value])
  }
  return says
}

/** The key files the real ssh would read for a host, with tokens put in; no connection is made. */
export const keysSshTries = async (config: string, host: string): Promise<string[]> => {
  const answer = await run('ssh', ['-T', '-v', '-F', config, '-o', 'ProxyCommand=false', host], {
    timeout: 10_000
  }).catch((error: { stderr: string }) => error)
  const files = [...answer.stderr.matchAll(/^debug1: identity file (.*) type -?\d+\r?$/gm)].map(
    (found) => found[1] ?? ''
  )
  return files.filter((file) => !file.endsWith('-cert'))
}

/** This computer with one config file, as `ssh -F` sees it. */
export const around = (file: string, over: Partial<ConfigSurroundings> = {}): ConfigSurroundings => ({
  sources: [{ file, own: true, checkOwner: false }],
  home: userInfo().homedir || homedir(),
  env: process.env,
  localUser: userInfo().username,
  uid: userInfo().uid,
  localHost: hostname(),
  ...over
})
