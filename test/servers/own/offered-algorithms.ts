import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2, { type ConnectConfig } from 'ssh2'
import { algorithmsFor } from '../../../src/main/ssh/algorithms'
import { makeKey, startOwnSshd } from './sshd'

/** How one way to exchange keys went, and how long the processor worked for it. */
export interface TriedExchange {
  name: string
  outcome: string
  workedMs: number
}

const goOn = (config: ConnectConfig): Promise<string> =>
  new Promise((resolve) => {
    const client = new ssh2.Client()
    client.on('error', (error) => resolve(error.message))
    client.on('ready', () => {
      client.end()
      resolve('signed in')
    })
    client.connect({ ...config, readyTimeout: 60_000, hostVerifier: () => true })
  })

/** Tries each exchange that is offered, alone, against a real server; this is run by the app's own runtime, whose library is another one than Node's. */
const tryAll = async (): Promise<TriedExchange[]> => {
  const sshd = await startOwnSshd()
  const key = makeKey(join(sshd.dir, 'key'))
  writeFileSync(sshd.authorizedKeys, readFileSync(`${key}.pub`))
  const offered = algorithmsFor([])
  const tried: TriedExchange[] = []
  for (const name of Array.isArray(offered.kex) ? offered.kex : []) {
    const before = process.cpuUsage()
    const outcome = await goOn({
      ...{ host: '127.0.0.1', port: sshd.port, username: process.env.USER ?? 'root', privateKey: readFileSync(key) },
      algorithms: { ...offered, kex: [name] }
    })
    const { user, system } = process.cpuUsage(before)
    tried.push({ name, outcome, workedMs: Math.round((user + system) / 1000) })
  }
  await sshd.stop()
  return tried
}

void tryAll().then((tried) => process.stdout.write(JSON.stringify({ electron: process.versions.electron, tried })))
