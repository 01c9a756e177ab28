import { readdirSync, readFileSync } from 'node:fs'
import { until } from '../../lab/processes'

const threadsOf = (pid: number): string[] => readdirSync(`/proc/${pid}/task`)
const stands = (pid: number, thread: string): boolean =>
  /\) T /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'))

/** Stops a process until SIGCONT. On a busy computer the signal alone would leave it time to answer once more. */
export const standStill = async (pid: number): Promise<void> => {
  process.kill(pid, 'SIGSTOP')
  await until(() => threadsOf(pid).every((thread) => stands(pid, thread)), 60_000, `process ${pid} stands still`)
}
