import { writeFile } from 'node:fs/promises'
import { fail } from '../../shared/failure'
import { reportOf, reportText } from '../engine/report-of'
import { exitCodes } from './exit-codes'
import { type CliOptions, withLiveMove } from './open'
import { say, tell } from './print'

export const reportFormats = ['html', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Writes the report made from the journal; contacts no server. */
export const writeReport = (
  path: string,
  options: CliOptions,
  format: ReportFormat,
  out: string | undefined,
  version: string
): Promise<number> =>
  withLiveMove(
    path,
    options,
    () => {},
    async ({ live }) => {
      const report = reportOf(live, version)
      const text = reportText(report, format)
      if (out === undefined) say(text.trimEnd())
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
      if (!report.journal.intact) tell('The journal is damaged: the report says from where on it cannot be trusted.')
      return report.journal.intact ? exitCodes.ok : exitCodes.unverified
    }
  )
