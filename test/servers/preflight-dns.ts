import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookup } from '../../src/main/dns/lookup'
import { until } from '../lab/processes'
import { freePort } from './own/free-port'

export interface OwnNameServer {
  port: number
  stop(): Promise<void>
}

/** A real name server (knot) for one zone with one address, which takes updates from this computer. */
export const startNameServer = async (zone: string, value: string, ttlSeconds: number): Promise<OwnNameServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'siteswap-preflight-dns-'))
  chmodSync(folder, 0o777)
  const port = await freePort()
  const records = ['@ SOA ns1 admin 1 60 60 600 30', '@ NS ns1', 'ns1 A 127.0.0.1', `@ ${ttlSeconds} A ${value}`]
  writeFileSync(join(folder, 'zone'), `$TTL 30\n${records.join('\n')}\n`, { mode: 0o666 })
  const config = `server:
  listen: 127.0.0.1@${port}
  rundir: ${folder}
database:
  storage: ${folder}
acl:
  - id: update
    address: 127.0.0.1
    action: update
zone:
  - domain: ${zone}
    storage: ${folder}
    file: zone
    acl: update
`
  writeFileSync(join(folder, 'knot.conf'), config)
  const knot = spawn('knotd', ['-c', join(folder, 'knot.conf')], { stdio: 'ignore' })
  const answers = () =>
    lookup({ host: '127.0.0.1', port }, zone, 'A', 300)
      .then(({ code }) => code === 'NOERROR')
      .catch(() => false)
  await until(answers, 60_000, 'the name server does not answer')
  return {
    port,
    stop: async () => {
      const gone = once(knot, 'exit')
      knot.kill()
      await gone
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
