import { describe, expect, it } from 'vitest'
import { checks } from '../../../src/main/preflight/checks'
import { madeToFail } from '../../servers/preflight-made-to-fail'
import { scenarios } from './scenarios'

const proven = new Set<string>(Object.values(madeToFail).flat())

/** The verdicts by which a check fails; one that only informs fails by that. */
const failuresOf = (check: string): string[] => {
  const verdicts = new Set(scenarios.filter((one) => one.check === check).map(({ verdict }) => verdict))
  const bad = (['stop', 'warn'] as const).filter((verdict) => verdicts.has(verdict))
  return (bad.length > 0 ? bad : ['info']).map((verdict) => `${check} ${verdict}`)
}

describe('every check', () => {
  it('is made to fail on real servers', () => {
    const missing = checks.map(({ id }) => id).filter((id) => !failuresOf(id).some((failure) => proven.has(failure)))
    expect(missing).toEqual([])
  })
  it('that is made to fail there is one of the registry', () => {
    const ids = new Set(checks.map(({ id }) => id))
    expect([...proven].filter((failure) => !ids.has(failure.split(' ')[0] ?? ''))).toEqual([])
  })
})
