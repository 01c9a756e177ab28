import { expect } from 'vitest'

/**
 * Which verdict of which check is brought about on real servers, by test file. Each file proves its own list, and a
 * scenario test compares all of them with the registry: a new check without a real failure is found out.
 */
export const madeToFail = {
  'preflight.test.ts': [
    ...['A01 stop', 'A09 stop', 'A10 stop', 'A10 warn', 'A13 warn', 'A17 info'],
    ...['B01 info', 'B02 info', 'B02 stop', 'B02 warn', 'B09 stop'],
    ...['C07 stop'],
    ...['D17 warn'],
    ...['E03 stop', 'E05 warn', 'E08 warn', 'E12 stop', 'E15 warn', 'E17 warn'],
    ...['F01 warn', 'F03 stop', 'F05 stop', 'F07 stop', 'F08 warn'],
    ...['G03 warn', 'G08 warn', 'G09 warn', 'G21 stop'],
    ...['H02 warn', 'H03 stop', 'H04 warn', 'H05 warn', 'H06 warn'],
    ...['K04 warn', 'K06 warn']
  ],
  'preflight-linked.test.ts': [
    ...['A05 stop'],
    ...['C02 stop', 'C05 stop', 'C09 stop'],
    ...['D01 stop', 'D02 stop', 'D05 stop', 'D07 stop', 'D20 stop'],
    ...['E09 stop', 'E10 stop'],
    ...['G04 stop', 'G16 warn'],
    ...['H09 stop']
  ],
  'preflight-restart.test.ts': [
    ...['A04 stop', 'A07 stop', 'A09 stop', 'A15 stop', 'A17 info'],
    ...['D06 stop', 'D07 stop'],
    ...['E01 stop', 'E02 stop', 'E02 warn'],
    ...['H01 stop']
  ],
  'families.test.ts': ['A05 warn', 'G12 warn']
} satisfies Record<string, readonly string[]>

export type PreflightFile = keyof typeof madeToFail

const noted = new Set<string>()

/** Keeps `A05 pair stop: …`, which a real server has just brought about and a test has asserted, as `A05 stop`. */
export const noteFailure = (line: string): void => {
  const [check, , verdict] = line.replace(':', '').split(' ')
  if (verdict === 'stop' || verdict === 'warn' || verdict === 'info') noted.add(`${check} ${verdict}`)
}

/** What the tests of this file have brought about is what its list says, no less and no more. */
export const expectListed = (file: PreflightFile): void => {
  expect([...noted].sort()).toEqual(madeToFail[file])
}
