import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CustomersPlan } from './customers'
import { answers, rootSession, startServer } from './database'
import { downLab } from './down'
import type { LinkName } from './hosts'
import { type Judgement, type JudgePlan, judgeLab } from './judge'
import { onHost, onOperator, setLatency, setLink } from './network'
import type { ProberPlan } from './prober'
import {
  endProcesses,
  isRunning,
  type LabProcess,
  labFailure,
  startDaemon,
  thisProcess,
  until,
  untilReady
} from './processes'
import { type CommandPlan, runCommand } from './run-command'
import { shopSize } from './shop/rows'
import { ensureSoftware } from './software'
import { labProgram } from './source'
import { type LabState, logDir, readState, writeState } from './state'
import { bringUp, type UpPlan } from './up'

/** A lab that is up: what tests and the command line use. */
export class Lab {
  constructor(readonly dir: string) {}

  /** The lab's facts as they are on disk now. */
  get state(): LabState {
    const state = readState(this.dir)
    if (!state) throw labFailure(`There is no lab in ${this.dir}.`, 'npm run lab -- up')
    return state
  }
  get mode() {
    return this.state.mode
  }
  get hosts() {
    return this.state.addresses.hosts
  }
  get servers(): NonNullable<LabState['servers']> {
    const { servers } = this.state
    if (!servers) throw labFailure(`The lab in ${this.dir} is not up yet.`, 'npm run lab -- status')
    return servers
  }
  get movePath() {
    return this.state.movePath
  }
  get ledgerPath() {
    return this.state.ledgerPath
  }
  /** Put before a command line to run it on the operator's host. */
  get execPrefix() {
    return this.state.execPrefix
  }

  /** Runs a program on the operator's host and gives its output. */
  async runAsOperator(argv: string[], plan?: CommandPlan): Promise<string> {
    return await runCommand(onOperator(this.state, argv), plan)
  }

  /** Runs a program on one of the lab's hosts and gives its output. */
  async runOn(host: string, argv: string[], plan?: CommandPlan): Promise<string> {
    return await runCommand(onHost(this.state, host, argv), plan)
  }

  /** A root session on a database server, past the network. The caller ends it. */
  async sql(side: 'old' | 'new', database?: string) {
    return await rootSession(this.servers[side].socket, database)
  }

  /** Sets the one-way delay of every link. */
  async latency(latencyMs: number): Promise<void> {
    await setLatency(this.state, latencyMs)
    this.#change((state) => {
      state.latencyMs = latencyMs
    })
  }

  /** Cuts a link silently: ab between the sites, ca and cb between the operator and one site. */
  async cut(link: LinkName = 'ab'): Promise<void> {
    await setLink(this.state, link, 'down')
    this.#change((state) => {
      state.cutLinks = [...new Set([...state.cutLinks, link])]
    })
  }

  async heal(link: LinkName = 'ab'): Promise<void> {
    await setLink(this.state, link, 'up')
    this.#change((state) => {
      state.cutLinks = state.cutLinks.filter((cut) => cut !== link)
    })
  }

  readonly customers = {
    /** Starts customers who place `rate` orders a second. */
    start: async (rate: number): Promise<void> => {
      const { state } = this
      if (this.#running('customers'))
        throw labFailure('Customers are ordering already.', 'npm run lab -- customers stop')
      const size = shopSize(state.scale)
      const plan: CustomersPlan = {
        run: Date.now().toString(36),
        rate,
        name: state.dns.name,
        resolver: state.addresses.resolver,
        dnsPort: state.addresses.dnsPort,
        webPort: state.addresses.webPort,
        localAddress: state.addresses.customers,
        customers: size.customers,
        products: size.products,
        ledgerPath: state.ledgerPath,
        statusPath: join(this.dir, 'customers.json')
      }
      rmSync(plan.statusPath, { force: true })
      await this.#startProgram('customers', 'customers.ts', plan, () => this.customers.status() !== null)
    },
    /** The latest figures of the customers; null before the first. */
    status: (): Record<string, unknown> | null => {
      try {
        return JSON.parse(readFileSync(join(this.dir, 'customers.json'), 'utf8')) as Record<string, unknown>
      } catch {
        return null
      }
    },
    /** Lets no new orders begin and waits until the running ones have their answer. */
    stop: async (deadlineMs = 75_000): Promise<void> => await this.#stopProgram('customers', deadlineMs)
  }

  readonly prober = {
    /** Starts the two-sided prober; only while one side is read-only or not yet in use. */
    start: async (): Promise<void> => {
      const { accounts, proberPath } = this.state
      const sockets = { old: this.servers.old.socket, new: this.servers.new.socket }
      const plan: ProberPlan = { sockets, app: accounts.app, admin: accounts.admin, logPath: proberPath }
      writeFileSync(proberPath, '')
      await this.#startProgram('prober', 'prober.ts', plan, () => readFileSync(proberPath, 'utf8').includes('"ack"'))
    },
    stop: async (): Promise<void> => await this.#stopProgram('prober', 5000)
  }

  /** Weighs the ledger and the prober's log against the rows on the servers. */
  async judge(plan?: JudgePlan): Promise<Judgement> {
    return await judgeLab(this.state, plan)
  }

  /** Ends a database server: by its own shutdown, or at once as a crash would. */
  async stopServer(side: 'old' | 'new', how: 'shutdown' | 'crash' = 'shutdown'): Promise<void> {
    const name = `${this.servers[side].host}-mysqld`
    const pids = this.state.processes
      .filter((process) => process.name === name && isRunning(process))
      .map(({ pid }) => pid)
    await endProcesses(pids, how === 'crash' ? 0 : 60_000)
    this.#forget(name)
  }

  /** Starts a database server that was stopped, with the options of its option file's first writing and these lines more. */
  async startServer(side: 'old' | 'new', more: string[] = []): Promise<void> {
    const server = this.servers[side]
    if (await answers(server.socket)) return
    const software = await ensureSoftware(this.state.flavour, () => {})
    const started = await startServer(this.state, server, software, more)
    this.#change((state) => state.processes.push(started))
  }

  /** Takes the whole lab down; nothing of it is left. */
  async down(): Promise<void> {
    await downLab(this.dir)
  }

  #change(edit: (state: LabState) => void): void {
    const { state } = this
    edit(state)
    writeState(state)
  }

  #running(name: string): LabProcess | undefined {
    return this.state.processes.find((process) => process.name === name && isRunning(process))
  }

  #forget(name: string): void {
    this.#change((state) => {
      state.processes = state.processes.filter((process) => process.name !== name)
    })
  }

  async #startProgram(name: string, file: string, plan: unknown, ready: () => boolean): Promise<void> {
    const { state } = this
    const path = join(this.dir, `${name}.plan.json`)
    writeFileSync(path, JSON.stringify(plan), { mode: 0o600 })
    const argv = onOperator(state, labProgram(file, path))
    const daemon = await startDaemon({ name, argv, logDir: logDir(this.dir), labId: state.id })
    this.#change((latest) => latest.processes.push(daemon))
    await untilReady(daemon, logDir(this.dir), ready, 20_000)
  }

  async #stopProgram(name: string, deadlineMs: number): Promise<void> {
    const running = this.#running(name)
    if (!running) return
    process.kill(running.pid, 'SIGTERM')
    await until(() => !isRunning(running), deadlineMs, `${name} does not end`)
    this.#forget(name)
  }
}

/** Brings a lab up that ends with this process at the latest, in a folder of its own. */
export async function upLab(plan: UpPlan & { dir: string }): Promise<Lab> {
  const state = await bringUp({ owner: thisProcess('owner'), ...plan })
  return new Lab(state.dir)
}

/** Takes hold of a lab that is up already. */
export function attachLab(dir: string): Lab {
  const lab = new Lab(dir)
  void lab.state // fails here rather than at first use
  return lab
}
