import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabAddresses, LabHost, LabMode, LinkName } from './hosts'
import type { LabProcess } from './processes'
import type { FlavourName } from './software'

export interface LabAccount {
  user: string
  password: string
}

export interface LabServer {
  host: string
  address: string
  fromOperator: string
  fromOtherSite: string
  port: number
  socket: string
  dataDir: string
  optionFile: string
  serverId: number
}

/** What DIR/lab.json holds: all that another program needs to use or to end the lab. */
export interface LabState {
  format: 'siteswap.lab'
  version: 1
  id: string
  dir: string
  phase: 'starting' | 'up'
  mode: LabMode
  /** Loopback mode: the second number of the lab's addresses. */
  octet: number
  flavour: FlavourName
  serverVersion: string
  latencyMs: number
  cutLinks: LinkName[]
  /** Size of the shop: 1 is about 234 000 rows. */
  scale: number
  creator: LabProcess
  /** When this process ends, the lab ends too; null: the lab stays until `down`. */
  owner: LabProcess | null
  namespaces: { old: string; new: string; operator: string } | null
  addresses: LabAddresses
  processes: LabProcess[]
  servers: { old: LabServer; new: LabServer } | null
  accounts: { admin: LabAccount; app: LabAccount; report: LabAccount; backup: LabAccount }
  ssh: {
    user: string
    keyFile: string
    protectedKeyFile: string
    passphrase: string
    /** Password sign-in works in network namespaces only (it needs a private /etc/shadow). */
    password: string | null
    knownHosts: string
    emptyKnownHosts: string
  }
  dns: {
    zone: string
    name: string
    ttlSeconds: number
    keyName: string
    keyAlgorithm: 'hmac-sha256'
    keySecret: string
  }
  /** Put before a command line to run it on the operator's host. */
  execPrefix: string[]
  movePath: string
  secretsPath: string
  ledgerPath: string
  proberPath: string
}

export const cacheDir = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'siteswap-lab')
export const defaultLabDir = (): string => join(tmpdir(), 'siteswap-lab')
export const statePath = (dir: string): string => join(dir, 'lab.json')
export const hostDir = (dir: string, host: string): string => join(dir, 'hosts', host)
export const logDir = (dir: string): string => join(dir, 'logs')
export const wanControlPath = (dir: string, link: LinkName): string => join(dir, 'wan', `${link}.ctl`)

/** Writes lab.json as a whole, readable by its owner only. */
export function writeState(state: LabState): void {
  const path = statePath(state.dir)
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Reads DIR/lab.json; undefined when there is no lab. */
export function readState(dir: string): LabState | undefined {
  if (!existsSync(statePath(dir))) return undefined
  const state = JSON.parse(readFileSync(statePath(dir), 'utf8')) as LabState
  if (state.format !== 'siteswap.lab' || state.version !== 1)
    throw new Error(`${statePath(dir)} is not a lab of this version`)
  return state
}

const registryDir = (): string => join(cacheDir(), 'labs')

/** Remembers the lab outside its folder, so that a later run finds it whatever happened. */
export function registerLab(id: string, dir: string): void {
  mkdirSync(registryDir(), { recursive: true })
  writeFileSync(join(registryDir(), `${id}.json`), JSON.stringify({ id, dir }))
}

export function forgetLab(id: string): void {
  rmSync(join(registryDir(), `${id}.json`), { force: true })
}

/** Labs that were started on this computer and not yet taken down. */
export function registeredLabs(): { id: string; dir: string }[] {
  if (!existsSync(registryDir())) return []
  return readdirSync(registryDir()).flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(registryDir(), name), 'utf8')) as { id: string; dir: string }]
    } catch {
      return []
    }
  })
}

export const hostNamed = (state: LabState, name: string): LabHost => {
  const host = state.addresses.hosts.find((candidate) => candidate.name === name)
  if (!host) throw new Error(`the lab has no host ${name}`)
  return host
}
