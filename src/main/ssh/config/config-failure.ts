import { type FailureError, fail } from '../../../shared/failure'

/** Where a line stands: `~/.ssh/config:12`. */
export interface ConfigPlace {
  file: string
  line: number
}

/** A line of the ssh config that cannot be used; `ssh` refuses most of them as well. */
export const badLine = (place: ConfigPlace, what: string, tries?: string[]): FailureError =>
  fail('invalid', `Your ssh config cannot be used: ${what}.`, {
    where: `${place.file}:${place.line}`,
    try: tries ?? ['Correct the line; `ssh -G HOST` shows what ssh makes of it.']
  })
