import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program started for a lab; the start time tells it from a later program with the same pid. */
export interface LabProcess {
  name: string
  pid: number
  startTicks: string
}

/** Set in the environment of everything a lab starts, so that even an unrecorded process is found again. */
export const labMark = 'SITESWAP_LAB_ID'

/** What went wrong and what to try, as one error. */
export function labFailure(what: string, tryThis: string): Error {
  return new Error(`${what}\n  try: ${tryThis}`)
}

/** Waits for a condition, looking every `everyMs`; fails with `what` at the deadline. */
export async function until<T>(
  look: () => T | Promise<T>,
  deadlineMs: number,
  what: string,
  everyMs = 20
): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs
  for (;;) {
    const seen = await look()
    if (seen) return seen as NonNullable<T>
    if (Date.now() > end)
      throw labFailure(`The lab waited ${deadlineMs} ms in vain: ${what}.`, 'look at the logs folder of the lab')
    await sleep(everyMs)
  }
}

interface ProcessFacts {
  pid: number
  parent: number
  state: string
  startTicks: string
}

/** Reads /proc/PID/stat; undefined when there is no such process. */
export function processFacts(pid: number): ProcessFacts | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { pid, state: fields[0] ?? '', parent: Number(fields[1]), startTicks: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

/** True while exactly this process runs (a zombie does not). */
export function isRunning(process: { pid: number; startTicks: string }): boolean {
  const facts = processFacts(process.pid)
  return facts !== undefined && facts.startTicks === process.startTicks && facts.state !== 'Z' && facts.state !== 'X'
}

/** This process, in the form that others can watch. */
export function thisProcess(name: string): LabProcess {
  return { name, pid: process.pid, startTicks: processFacts(process.pid)?.startTicks ?? '' }
}

export interface DaemonPlan {
  name: string
  argv: string[]
  logDir: string
  labId: string
  env?: Record<string, string>
  cwd?: string
}

/** Starts a program that outlives this one, its output in `logDir/NAME.log`. */
export async function startDaemon(plan: DaemonPlan): Promise<LabProcess> {
  mkdirSync(plan.logDir, { recursive: true })
  const log = openSync(join(plan.logDir, `${plan.name}.log`), 'a')
  try {
    const [program, ...rest] = plan.argv
    const child = spawn(program ?? '', rest, {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: plan.cwd ?? '/',
      env: { ...process.env, NODE_OPTIONS: '', ...plan.env, [labMark]: plan.labId }
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (error) =>
        reject(labFailure(`${plan.name} did not start: ${error.message}.`, `check that ${program} is installed`))
      )
    })
    child.unref()
    const pid = child.pid ?? 0
    return { name: plan.name, pid, startTicks: processFacts(pid)?.startTicks ?? '' }
  } finally {
    closeSync(log)
  }
}

/** Fails at once, with the end of its log, when a daemon died while it was waited for. */
export async function untilReady(
  daemon: LabProcess,
  logDir: string,
  look: () => unknown | Promise<unknown>,
  deadlineMs: number
): Promise<void> {
  await until(
    async () => {
      if (!isRunning(daemon))
        throw labFailure(
          `${daemon.name} ended while starting:\n${tailOf(join(logDir, `${daemon.name}.log`))}`,
          `read ${logDir}`
        )
      return await look()
    },
    deadlineMs,
    `${daemon.name} is not ready`
  )
}

/** The last lines of a text file, for error messages. */
export function tailOf(path: string, lines = 15): string {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}

const allPids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

/** Pids whose environment names this lab. */
export function markedPids(labId: string): number[] {
  const needle = `${labMark}=${labId}\0`
  return allPids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(needle)
    } catch {
      return false
    }
  })
}

/** The given pids and all their descendants. */
export function withDescendants(roots: number[]): number[] {
  const facts = allPids().flatMap((pid) => processFacts(pid) ?? [])
  const found = new Set(roots)
  for (let grew = true; grew; ) {
    grew = false
    for (const fact of facts) {
      if (!found.has(fact.pid) && found.has(fact.parent)) {
        found.add(fact.pid)
        grew = true
      }
    }
  }
  return [...found]
}

/** This process and those above it, which a clean-up must never end. */
export function ownLineage(): Set<number> {
  const line = new Set<number>()
  for (let pid = process.pid; pid > 1 && !line.has(pid); pid = processFacts(pid)?.parent ?? 0) line.add(pid)
  return line
}

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // it has ended by itself
  }
}

/** Ends processes: SIGTERM, then SIGKILL after `graceMs`; returns when all are gone. */
export async function endProcesses(pids: number[], graceMs: number): Promise<void> {
  const line = ownLineage()
  const targets = pids.filter((pid) => !line.has(pid)).flatMap((pid) => processFacts(pid) ?? [])
  for (const target of targets) if (isRunning(target)) send(target.pid, 'SIGTERM')
  const left = (): ProcessFacts[] => targets.filter(isRunning)
  const end = Date.now() + graceMs
  while (left().length > 0 && Date.now() < end) await sleep(20)
  for (const target of left()) send(target.pid, 'SIGKILL')
  await until(() => left().length === 0, 10_000, `processes ${left().map((target) => target.pid)} do not end`)
}
