import type { Reach } from '../../reach/reach'
import type { PairEnd } from '../link/pair'
import { shellLine, shellRun, shellWord } from '../link/shell'

/** What a server will be after a restart, as its own option files say; `unknown`: they could not be read. */
export type RestartRole = 'read-only' | 'writable' | 'unknown'

/** The command line that prints what the server would be started with, from the one it runs with. Pure. */
export const printDefaults = (words: readonly string[]): string[] | null => {
  // The loader of a program that brings its own libraries has options too: they stand before the server's.
  const server = words.findIndex((word) => /(^|\/)(mysqld|mariadbd)$/.test(word))
  if (server < 0) return null
  const options = words.slice(server + 1)
  const files = options.filter((word) => /^--(no-defaults$|defaults-(file|extra-file|group-suffix)=)/.test(word))
  const told = options.filter((word) => /^--(loose[-_])?(skip[-_])?(super[-_])?read[-_]only/.test(word))
  return [...words.slice(0, server + 1), ...files, '--print-defaults', ...told]
}

/** What those options lead to: the last one counts. Pure. */
export const roleIn = (text: string): RestartRole => {
  const last = [...text.matchAll(/--(?:loose[-_])?(skip[-_])?(?:super[-_])?read[-_]only(?:=(\S+))?/gi)].at(-1)
  if (!last || last[1]) return 'writable'
  return ['0', 'off', 'false'].includes((last[2] ?? 'on').toLowerCase()) ? 'writable' : 'read-only'
}

/** Asks the server's program what its option files say; reads only, never rejects. */
export const restartRole = async (reach: Reach, end: PairEnd): Promise<RestartRole> => {
  try {
    const [row] = await (await reach.session(end.id, 'operate')).query(
      "SELECT IF(@@global.pid_file LIKE '/%', @@global.pid_file, CONCAT(@@global.datadir, @@global.pid_file)) AS path"
    )
    const host = await reach.ssh(end.id)
    const run = async (script: string) => {
      const answer = await host.exec(shellRun(script), { deadlineMs: 8000 })
      return answer.code === 0 ? answer.stdout : null
    }
    const words = await run(`pid=$(cat ${shellWord(row?.path ?? '')}) && tr '\\0' '\\n' <"/proc/$pid/cmdline"`)
    const command = words && printDefaults(words.split('\n').filter(Boolean))
    const printed = command && (await run(shellLine(command)))
    return printed?.includes('started with') ? roleIn(printed) : 'unknown'
  } catch {
    return 'unknown'
  }
}
