import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'

/** A file that is read from the start. */
export interface ConfigSource {
  file: string
  /** The person's own, not the machine's: `~` and relative Includes mean the home folder. */
  own: boolean
  checkOwner: boolean
}

/** Everything outside the config that decides what it means. */
export interface ConfigSurroundings {
  sources: ConfigSource[]
  home: string
  env: Readonly<Record<string, string | undefined>>
  localUser: string
  uid: number
  localHost: string
}

/** Names the one ssh config file that is read instead of the person's and the machine's; `none`: no file at all. For the lab, the tests and unusual homes. */
export const sshConfigVariable = 'SITESWAP_SSH_CONFIG'

const sourcesOf = (home: string, own: string | undefined): ConfigSource[] => {
  if (own === 'none') return []
  if (own) return [{ file: own, own: true, checkOwner: false }]
  const machine =
    process.platform === 'win32'
      ? join(process.env.PROGRAMDATA ?? 'C:\\ProgramData', 'ssh', 'ssh_config')
      : '/etc/ssh/ssh_config'
  return [
    { file: join(home, '.ssh', 'config'), own: true, checkOwner: true },
    { file: machine, own: false, checkOwner: false }
  ]
}

/** This computer and account as they are now. */
export const thisComputer = (env: NodeJS.ProcessEnv = process.env): ConfigSurroundings => {
  const home = homedir()
  const { username, uid } = userInfo()
  return {
    sources: sourcesOf(home, env[sshConfigVariable]),
    home,
    env,
    localUser: username,
    uid,
    localHost: hostname()
  }
}
