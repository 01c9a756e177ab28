import { accessSync, constants, existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LabHost, type LabMode, type LinkName, linkNames } from './hosts'
import { type LabProcess, startDaemon, untilReady } from './processes'
import { runCommand } from './run-command'
import { labProgram, labSource } from './source'
import { hostDir, type LabState, logDir, wanControlPath } from './state'
import { wanControl } from './wan-control'

const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

/** Namespaces need root and /dev/net/tun; SITESWAP_LAB_MODE=loopback forces the simpler way. */
export function possibleMode(): LabMode {
  if (process.env.SITESWAP_LAB_MODE === 'loopback' || process.getuid?.() !== 0) return 'loopback'
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK)
    return 'netns'
  } catch {
    return 'loopback'
  }
}

const links: Record<LinkName, { from: 'old' | 'operator'; fromIp: string; to: 'old' | 'new'; toIp: string }> = {
  ab: { from: 'old', fromIp: '10.77.0.1', to: 'new', toIp: '10.77.0.2' },
  ca: { from: 'operator', fromIp: '10.77.1.3', to: 'old', toIp: '10.77.1.1' },
  cb: { from: 'operator', fromIp: '10.77.2.3', to: 'new', toIp: '10.77.2.2' }
}

const resolvFolder = (namespace: string): string => join('/etc/netns', namespace)

/** Makes the network of the lab and gives the processes that carry it. */
export async function createNetwork(state: LabState): Promise<LabProcess[]> {
  mkdirSync(join(state.dir, 'wan'), { recursive: true })
  return state.namespaces ? await createNamespaces(state, state.namespaces) : [await startRelay(state)]
}

async function createNamespaces(state: LabState, names: NonNullable<LabState['namespaces']>): Promise<LabProcess[]> {
  const { addresses } = state
  const own = {
    old: addresses.hosts.filter((host) => host.site === 'old').map((host) => host.address),
    new: addresses.hosts.filter((host) => host.site === 'new').map((host) => host.address),
    operator: [addresses.operator, addresses.authority, addresses.resolver, addresses.customers]
  }
  for (const side of ['old', 'new', 'operator'] as const) {
    const namespace = names[side]
    await runCommand(['ip', 'netns', 'add', namespace])
    const lines = ['link set lo up', ...own[side].map((address) => `addr add ${address}/32 dev lo`)]
    await runCommand(['ip', '-n', namespace, '-batch', '-'], { input: `${lines.join('\n')}\n` })
  }
  mkdirSync(resolvFolder(names.operator), { recursive: true })
  writeFileSync(join(resolvFolder(names.operator), 'resolv.conf'), `nameserver ${addresses.resolver}\n`)

  const logs = logDir(state.dir)
  const started = await Promise.all(
    linkNames.map(async (link) => {
      const { from, fromIp, to, toIp } = links[link]
      const control = wanControlPath(state.dir, link)
      const args = [control, names[from], fromIp, names[to], toIp, String(state.latencyMs), `w${link}`]
      const argv = [python, labSource('wanlink.py'), ...args]
      const daemon = await startDaemon({ name: `wan-${link}`, argv, logDir: logs, labId: state.id })
      await untilReady(daemon, logs, () => existsSync(control), 10_000)
      return daemon
    })
  )
  const route = (network: string, link: LinkName, source: string | undefined) =>
    `route add ${network} dev w${link} src ${source}`
  const routes = {
    old: [route('10.77.20.0/24', 'ab', own.old[0]), route('10.77.30.0/24', 'ca', own.old[0])],
    new: [route('10.77.10.0/24', 'ab', own.new[0]), route('10.77.30.0/24', 'cb', own.new[0])],
    operator: [route('10.77.10.0/24', 'ca', own.operator[0]), route('10.77.20.0/24', 'cb', own.operator[0])]
  }
  for (const side of ['old', 'new', 'operator'] as const) {
    await runCommand(['ip', '-n', names[side], '-batch', '-'], { input: `${routes[side].join('\n')}\n` })
  }
  return started
}

async function startRelay(state: LabState): Promise<LabProcess> {
  const { hosts, webPort, databasePort } = state.addresses
  const portsOf = (host: LabHost) => [
    host.sshPort,
    ...(host.role === 'db' ? [databasePort] : []),
    ...(host.role === 'web' ? [webPort] : [])
  ]
  const listeners = hosts.flatMap((host) =>
    portsOf(host).flatMap((port) => [
      { link: host.site === 'old' ? 'ca' : 'cb', listen: host.fromOperator, to: host.address, port },
      { link: 'ab', listen: host.fromOtherSite, to: host.address, port }
    ])
  )
  const controls = Object.fromEntries(linkNames.map((link) => [link, wanControlPath(state.dir, link)]))
  const planPath = join(state.dir, 'wan', 'relay.json')
  writeFileSync(planPath, JSON.stringify({ delayMs: state.latencyMs, controls, listeners }))
  const logs = logDir(state.dir)
  const daemon = await startDaemon({
    name: 'relay',
    argv: labProgram('relay.ts', planPath),
    logDir: logs,
    labId: state.id
  })
  await untilReady(daemon, logs, () => linkNames.every((link) => existsSync(controls[link] ?? '')), 15_000)
  return daemon
}

/** Sets the one-way delay of every link. */
export async function setLatency(state: LabState, latencyMs: number): Promise<void> {
  await Promise.all(linkNames.map((link) => wanControl(wanControlPath(state.dir, link), `delay ${latencyMs}`)))
}

/** Cuts a link (packets vanish silently) or heals it. */
export async function setLink(state: LabState, link: LinkName, word: 'down' | 'up'): Promise<void> {
  await wanControl(wanControlPath(state.dir, link), word)
}

/** The command line that runs `argv` on a host of the lab. */
export function onHost(state: LabState, host: string, argv: string[]): string[] {
  if (!state.namespaces) return argv
  const namespace = state.namespaces[host.startsWith('new-') ? 'new' : 'old']
  const enter = ['ip', 'netns', 'exec', namespace, 'unshare', '--uts', '--mount', 'sh', labSource('as-host.sh')]
  return [...enter, host, join(hostDir(state.dir, host), 'etc'), ...argv]
}

/** The command line that runs `argv` on the operator's host. */
export const onOperator = (state: LabState, argv: string[]): string[] => [...state.execPrefix, ...argv]

/** Pids of everything inside a namespace; empty when it is gone. */
export async function namespacePids(namespace: string): Promise<number[]> {
  if (!existsSync(join('/run/netns', namespace))) return []
  const text = await runCommand(['ip', 'netns', 'pids', namespace]).catch(() => '')
  return text.split('\n').filter(Boolean).map(Number)
}

/** Removes a namespace and its resolv.conf; nothing happens when they are gone. */
export async function removeNamespace(namespace: string): Promise<void> {
  if (existsSync(join('/run/netns', namespace))) await runCommand(['ip', 'netns', 'del', namespace])
  rmSync(resolvFolder(namespace), { recursive: true, force: true })
  try {
    rmdirSync('/etc/netns')
  } catch {
    // somebody else's namespaces have theirs there
  }
}
