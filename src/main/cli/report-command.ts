import { writeFile } from 'node:fs/promises'
import { fail } from '../../shared/failure'
import { reportOf } from '../engine/report-of'
import { reportHtml } from '../report/html'
import { reportJson } from '../report/json'
import { type CliOptions, exitCodes, withLiveMove } from './open'
import { say, tell } from './print'

/** Writes the report made from the journal; contacts no server. */
export const writeReport = (
  path: string,
  options: CliOptions,
  format: string,
  out: string | undefined
): Promise<number> =>
  withLiveMove(
    path,
    options,
    () => {},
    async ({ live }) => {
      if (format !== 'html' && format !== 'json')
        throw fail('invalid', `“${format}” is not a format of the report.`, { try: ['html or json'] })
      const report = reportOf(live)
      const text = format === 'html' && !options.json ? reportHtml(report) : reportJson(report)
      if (out === undefined) say(text)
      else {
        await writeFile(out, text, { mode: 0o600 }).catch((error: Error) => {
          throw fail('storage', 'The report could not be written.', {
            where: out,
            words: error.message,
            try: ['Choose another folder.']
          })
        })
        tell(`report written to ${out}`)
      }
      return report.journal.intact ? exitCodes.ok : exitCodes.unverified
    }
  )
