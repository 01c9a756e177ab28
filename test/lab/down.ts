import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { namespacePids, removeNamespace } from './network'
import { leaveOctet } from './octet'
import { endProcesses, isRunning, markedPids, ownLineage, withDescendants } from './processes'
import { forgetLab, readState, registeredLabs } from './state'

/** The names of a lab's network namespaces. */
export const namespacesOf = (id: string) => ({ old: `ssw-${id}-old`, new: `ssw-${id}-new`, operator: `ssw-${id}-op` })

/** What of a lab is still there; all empty after `down`. */
export async function remainsOf(
  id: string,
  dir: string
): Promise<{ pids: number[]; namespaces: string[]; dir: boolean }> {
  const names = Object.values(namespacesOf(id))
  return {
    pids: await pidsOf(id, dir),
    namespaces: names.filter((name) => existsSync(`/run/netns/${name}`)),
    dir: existsSync(dir)
  }
}

async function pidsOf(id: string, dir: string): Promise<number[]> {
  const state = readState(dir)
  const names = namespacesOf(id)
  const recorded = state?.id === id ? state.processes.filter(isRunning).map((process) => process.pid) : []
  // the operator's namespace may hold the programs of whoever uses the lab: only the lab's own are ended there
  const sites = [...(await namespacePids(names.old)), ...(await namespacePids(names.new))]
  const line = ownLineage()
  return [...new Set(withDescendants([...recorded, ...markedPids(id), ...sites]))].filter((pid) => !line.has(pid))
}

/** Takes one lab down, whatever state it is in; does nothing where nothing is left. */
export async function removeLab(id: string, dir: string): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const pids = await pidsOf(id, dir)
    if (pids.length === 0) break
    await endProcesses(pids, 0) // its data is thrown away, so nobody needs time to say goodbye
  }
  for (const name of Object.values(namespacesOf(id))) await removeNamespace(name)
  // A copy that the dead starter had begun may still write for a moment.
  if (readState(dir)?.id === id) rmSync(dir, { recursive: true, force: true, maxRetries: 12 })
  forgetLab(id)
  leaveOctet(id)
}

/** Takes down the lab that lives in a folder; false when there is none. */
export async function downLab(dir: string): Promise<boolean> {
  const state = readState(dir)
  const registered = registeredLabs().filter((lab) => resolve(lab.dir) === resolve(dir))
  const ids = new Set([...(state ? [state.id] : []), ...registered.map((lab) => lab.id)])
  for (const id of ids) await removeLab(id, dir)
  return ids.size > 0
}

/** Takes down labs that nobody will take down any more: half-started by a dead program, or outliving their owner. */
export async function sweepLabs(): Promise<string[]> {
  const swept: string[] = []
  for (const { id, dir } of registeredLabs()) {
    const state = readState(dir)
    const dead =
      state?.id !== id ||
      (state.phase === 'starting' && !isRunning(state.creator)) ||
      (state.owner !== null && !isRunning(state.owner))
    if (!dead) continue
    await removeLab(id, dir)
    swept.push(dir)
  }
  return swept
}
