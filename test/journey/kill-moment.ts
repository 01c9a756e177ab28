import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import type { JournalBody, JournalEntry } from '../../src/shared/journal'

/** A line of the journal at which the app is killed, or as soon after it as `when` is seen, by somebody else than the app. */
export interface KillMoment {
  type: JournalBody['type']
  step: string
  when?: () => Promise<boolean>
}

const isAt = (moment: KillMoment, line: string): boolean => {
  const { body } = JSON.parse(line) as JournalEntry
  return body.type === moment.type && 'step' in body && body.step === moment.step
}

/** Every process below one, itself first, as the system knows them. */
export const processTree = (pid: number): number[] => {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const tree = [pid]
  for (const known of tree) for (const [child, parent] of parents) if (parent === known) tree.push(child)
  return tree
}

export const isAlive = (pid: number): boolean => {
  try {
    // A killed process that nobody has waited for yet is none any more.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Watches the journal from outside and ends the app's main process, and all below it, by SIGKILL at that moment; answers when. */
export const killAt = (journal: string, pid: number, moment: KillMoment, deadlineMs = 60_000): Promise<number> =>
  new Promise((resolve, reject) => {
    let offset = existsSync(journal) ? statSync(journal).size : 0
    let rest = ''
    const until = Date.now() + deadlineMs
    const tree = processTree(pid)
    const kill = () => {
      const when = Date.now()
      for (const one of [pid, ...tree.slice(1)])
        try {
          process.kill(one, 'SIGKILL')
        } catch {
          // It went with the main process.
        }
      resolve(when)
    }
    const seen = async () => {
      while (moment.when && !(await moment.when()))
        if (Date.now() > until) throw new Error(`nothing was seen after “${moment.type} ${moment.step}”`)
    }
    const newLines = (): string[] => {
      const { size } = statSync(journal)
      if (size <= offset) return []
      const bytes = Buffer.alloc(size - offset)
      const file = openSync(journal, 'r')
      offset += readSync(file, bytes, 0, bytes.length, offset)
      closeSync(file)
      const lines = (rest + bytes.toString()).split('\n')
      rest = lines.pop() ?? ''
      return lines
    }
    const look = () => {
      if (newLines().some((line) => isAt(moment, line))) {
        void seen().then(kill, reject)
      } else if (Date.now() > until)
        reject(new Error(`“${moment.type} ${moment.step}” was not journaled within ${deadlineMs} ms`))
      else setTimeout(look, 1)
    }
    look()
  })
