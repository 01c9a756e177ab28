import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabHost } from './hosts'
import { onHost } from './network'
import { type LabProcess, startDaemon, untilReady } from './processes'
import { shopConfigText } from './shop/shop-config'
import { labProgram } from './source'
import { hostDir, type LabState, logDir } from './state'

/** The configuration file of a web server or worker: what the app edits to redirect it. */
export const shopConfigPath = (state: LabState, host: string): string => join(hostDir(state.dir, host), 'shop.conf')

/** The command that makes a web server or worker read its configuration again. */
export const reloadCommand = (state: LabState, host: string): string =>
  `kill -HUP $(cat ${join(hostDir(state.dir, host), 'shop.pid')})`

/** Starts both sites' web servers and the old site's order processor. */
export async function startShop(state: LabState): Promise<LabProcess[]> {
  for (const host of state.addresses.hosts)
    if (host.role === 'web' || host.role === 'worker') writeShopConfig(state, host)
  const started = state.addresses.hosts.filter((host) => host.role === 'web' || host.name === 'old-worker1')
  return await Promise.all(started.map((host) => startShopProgram(state, host)))
}

function writeShopConfig(state: LabState, host: LabHost): void {
  const server = state.servers?.[host.site]
  if (!server) throw new Error('the database servers come first')
  const { user, password } = state.accounts.app
  const text = shopConfigText({
    dbHost: server.address,
    dbPort: server.port,
    dbUser: user,
    dbPassword: password,
    dbName: 'shop',
    listenHost: host.address,
    listenPort: state.addresses.webPort,
    serverName: host.name
  })
  writeFileSync(shopConfigPath(state, host.name), text, { mode: 0o640 })
}

async function startShopProgram(state: LabState, host: LabHost): Promise<LabProcess> {
  const file = host.role === 'web' ? 'shop/web.ts' : 'shop/worker.ts'
  const argv = onHost(state, host.name, labProgram(file, shopConfigPath(state, host.name)))
  const name = `${host.name}-shop`
  const daemon = await startDaemon({ name, argv, logDir: logDir(state.dir), labId: state.id })
  await untilReady(daemon, logDir(state.dir), () => existsSync(join(hostDir(state.dir, host.name), 'shop.pid')), 20_000)
  return daemon
}
