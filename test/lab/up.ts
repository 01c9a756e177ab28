import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { planServer, setUpAccounts, startServer } from './database'
import { startDns } from './dns'
import { downLab, namespacesOf, removeLab, sweepLabs } from './down'
import { type LabMode, planAddresses } from './hosts'
import { writeMove } from './move-file'
import { createNetwork, possibleMode } from './network'
import { takeOctet } from './octet'
import { ensurePackages } from './packages'
import { isRunning, type LabProcess, labFailure, startDaemon, thisProcess } from './processes'
import { startShop } from './shop-hosts'
import { ensureSoftware, type FlavourName } from './software'
import { labSource, nodeProgram } from './source'
import { makeKeys, sshUser, startSshd } from './sshd'
import { defaultLabDir, hostDir, type LabState, readState, registerLab, writeState } from './state'
import { copyTemplate, ensureTemplate } from './template'

export interface UpPlan {
  flavour?: FlavourName
  /** One-way delay of each link. */
  latencyMs?: number
  dir?: string
  /** Size of the shop: 1 is about 234 000 rows. */
  scale?: number
  ttlSeconds?: number
  /** The lab ends with this process; null: it stays until `down`. */
  owner?: LabProcess | null
  say?: (line: string) => void
  /** Stops the start; what was started goes down again. */
  signal?: AbortSignal
}

const password = (): string => randomBytes(12).toString('hex')

function newState(plan: UpPlan, dir: string, mode: LabMode): LabState {
  const id = Array.from({ length: 6 }, () => randomInt(36).toString(36)).join('')
  const octet = mode === 'netns' ? 77 : takeOctet(id)
  const namespaces = mode === 'netns' ? namespacesOf(id) : null
  const account = (user: string) => ({ user, password: password() })
  return {
    format: 'siteswap.lab',
    version: 1,
    id,
    dir,
    phase: 'starting',
    mode,
    octet,
    flavour: plan.flavour ?? 'm1011',
    serverVersion: '',
    latencyMs: plan.latencyMs ?? 0,
    cutLinks: [],
    scale: plan.scale ?? 1,
    creator: thisProcess('creator'),
    owner: plan.owner ?? null,
    namespaces,
    addresses: planAddresses(mode, octet),
    processes: [],
    servers: null,
    accounts: {
      admin: account('siteswap_admin'),
      app: account('shop_app'),
      report: account('shop_report'),
      backup: account('shop_backup')
    },
    ssh: {
      user: sshUser(),
      keyFile: join(dir, 'keys/id_lab'),
      protectedKeyFile: join(dir, 'keys/id_lab_protected'),
      passphrase: password(),
      password: mode === 'netns' ? password() : null,
      knownHosts: join(dir, 'known_hosts'),
      emptyKnownHosts: join(dir, 'known_hosts.empty')
    },
    dns: {
      zone: 'shop.test',
      name: 'shop.test',
      ttlSeconds: plan.ttlSeconds ?? 5,
      keyName: 'siteswap',
      keyAlgorithm: 'hmac-sha256',
      keySecret: randomBytes(32).toString('base64')
    },
    execPrefix: namespaces ? ['ip', 'netns', 'exec', namespaces.operator] : [],
    movePath: join(dir, 'lab.siteswap.json'),
    secretsPath: join(dir, 'secrets.json'),
    ledgerPath: join(dir, 'ledger.jsonl'),
    proberPath: join(dir, 'prober.jsonl')
  }
}

async function takeFolder(dir: string): Promise<void> {
  const state = readState(dir)
  if (state?.phase === 'up' && state.processes.length > 0 && state.processes.every(isRunning)) {
    throw labFailure(
      `A lab is already up in ${dir} (${state.flavour}, since process ${state.creator.pid}).`,
      `npm run lab -- down --dir ${dir}`
    )
  }
  if (state?.phase === 'starting' && isRunning(state.creator)) {
    throw labFailure(
      `Process ${state.creator.pid} is bringing a lab up in ${dir}.`,
      'wait for it, or choose another --dir'
    )
  }
  await downLab(dir)
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw labFailure(`${dir} is not empty and holds no lab.`, 'choose another folder with --dir')
  if (join(dir, 'hosts/new-worker1/mysql.sock').length > 104)
    throw labFailure(`The path ${dir} is too long for a socket.`, 'choose a shorter one with --dir')
  mkdirSync(dir, { recursive: true, mode: 0o755 })
}

/** All of them, or the first failure once none of them runs any more: only then can everything be taken down. */
async function together<const T extends readonly unknown[]>(
  works: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(works)
  return (await Promise.all(works)) as { -readonly [K in keyof T]: Awaited<T[K]> }
}

/** Brings a lab up and gives its state; on any error everything that was started is taken down again. */
export async function bringUp(plan: UpPlan = {}): Promise<LabState> {
  const say = plan.say ?? (() => {})
  await ensurePackages(say)
  for (const swept of await sweepLabs()) say(`took down what was left of a lab in ${swept}`)
  const dir = resolve(plan.dir ?? defaultLabDir())
  await takeFolder(dir)
  const mode = possibleMode()
  const state = newState(plan, dir, mode)
  if (mode === 'loopback')
    say('no root or no /dev/net/tun: the sites share this computer’s loopback, with delaying relays between')
  // A registered lab without its state looks dead to whoever sweeps.
  writeState(state)
  registerLab(state.id, dir)
  try {
    await build(state, say, plan.signal)
    return state
  } catch (error) {
    if (process.env.SITESWAP_LAB_KEEP) throw error
    await removeLab(state.id, dir)
    throw error
  }
}

async function build(state: LabState, say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const remember = (...started: LabProcess[]): void => {
    state.processes.push(...started)
    writeState(state)
    signal?.throwIfAborted()
  }
  const { dir, addresses } = state
  if (state.owner) {
    const argv = [
      'sh',
      labSource('keeper.sh'),
      String(state.owner.pid),
      state.owner.startTicks,
      ...nodeProgram('cli.ts', 'down', '--dir', dir)
    ]
    remember(
      await startDaemon({ name: 'keeper', argv, logDir: join(dir, 'logs'), labId: state.id, cwd: labSource('../..') })
    )
  }
  const servers = { old: planServer(state, 'old'), new: planServer(state, 'new') }
  for (const host of addresses.hosts) mkdirSync(hostDir(dir, host.name), { recursive: true })

  const prepareData = async () => {
    const software = await ensureSoftware(state.flavour, say)
    const template = await ensureTemplate(software, state.scale, say)
    await together([
      copyTemplate(template.shop, servers.old.dataDir),
      copyTemplate(template.empty, servers.new.dataDir)
    ])
    return software
  }
  const [software] = await together([
    prepareData(),
    makeKeys(state),
    createNetwork(state).then((links) => remember(...links))
  ])
  state.servers = servers
  state.serverVersion = software.version
  say(`starting two ${software.flavour} servers (${software.version}), ten hosts with sshd, DNS and the shop`)

  const startDatabases = async () => {
    remember(
      ...(await together([startServer(state, servers.old, software), startServer(state, servers.new, software)]))
    )
    await together([setUpAccounts(state, servers.old, software), setUpAccounts(state, servers.new, software)])
    remember(...(await startShop(state)))
  }
  const startSsh = async () =>
    remember(...(await together(addresses.hosts.map((host) => startSshd(state, host, software)))))
  await together([startDatabases(), startSsh(), startDns(state).then((started) => remember(...started))])
  writeMove(state)
  state.phase = 'up'
  writeState(state)
}
