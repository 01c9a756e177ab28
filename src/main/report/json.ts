import type { Report } from '../../shared/report'

const hidden = /[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u007f-\u009f]/gu

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
  ).join('')

/** The report as a JSON document; characters that hide or reorder text stand as escapes. Ends with a line break. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2).replace(hidden, escaped)}\n`
