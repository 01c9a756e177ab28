import { describe, expect, it } from 'vitest'
import { checks } from '../../../src/main/preflight/checks'
import { letsIn } from '../../../src/main/preflight/checks/accounts-let-in'
import type { Fact, ServerFacts } from '../../../src/main/preflight/facts'
import { judgeAll, remedyOf } from '../../../src/main/preflight/run'
import { openStops } from '../../../src/shared/finding'
import type { Waiver } from '../../../src/shared/move'
import { failed, healthy, known, unlinked } from './healthy'
import { scenarios } from './scenarios'

const flavours = ['mariadb', 'mysql'] as const
const gatherNames = { old: 'old-db', new: 'new-db' } as const

describe('a healthy pair', () => {
  for (const flavour of flavours) {
    it(`of ${flavour} has nothing to stop or to warn of, linked or not yet`, () => {
      for (const facts of [healthy(flavour), unlinked(flavour)]) {
        const bad = judgeAll(checks, facts, []).filter(({ verdict }) => verdict !== 'ok' && verdict !== 'info')
        expect(bad.map(({ check, title }) => `${check} ${title}`)).toEqual([])
      }
    })
  }
  it('says for every finding what was asked', () => {
    const silent = judgeAll(checks, healthy('mariadb'), []).filter(({ evidence }) => evidence.length === 0)
    expect(silent.map(({ check }) => check)).toEqual([])
  })
})

describe('a check', () => {
  it('has an id and a title of its own', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length)
  })
  it('has at least one scenario in which it is not content', () => {
    const covered = new Set(scenarios.map(({ check }) => check))
    expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
  })
  it('is never ok when nothing could be asked', () => {
    const facts = healthy('mariadb')
    for (const server of [facts.old, facts.new])
      for (const [name, fact] of Object.entries(server))
        if (typeof fact === 'object' && 'known' in fact) Reflect.set(server, name, failed('The server is down.'))
    facts.domains = failed('The resolver is down.')
    const findings = judgeAll(checks, facts, [])
    expect(findings.filter(({ verdict }) => verdict !== 'unknown').map(({ check }) => check)).toEqual([])
    expect(new Set(findings.map(({ check }) => check)).size).toBe(checks.length)
    expect(findings.every(({ consequence }) => consequence.includes('down'))).toBe(true)
  })
  it('is not thrown off by any single fact that is missing', () => {
    for (const side of ['old', 'new'] as const)
      for (const name of Object.keys(healthy('mysql')[side]) as (keyof ServerFacts)[]) {
        const facts = healthy('mysql')
        const fact = facts[side][name] as Fact<unknown>
        if (typeof fact !== 'object') continue
        Reflect.set(facts[side], name, failed())
        const verdicts = judgeAll(checks, facts, []).map(({ verdict }) => verdict)
        expect(verdicts.includes('stop'), `${side}.${name}`).toBe(false)
        if (name !== 'claimHolder') expect(verdicts.includes('ok'), `${side}.${name}`).toBe(true)
      }
  })
})

describe('a finding', () => {
  for (const scenario of scenarios) {
    it(`${scenario.check}: ${scenario.name}`, () => {
      const flavour = scenario.flavour ?? 'mariadb'
      const facts = scenario.stage === 'unlinked' ? unlinked(flavour) : healthy(flavour)
      scenario.change(facts)
      const found = judgeAll(checks, facts, []).filter(
        ({ check, server }) => check === scenario.check && server === scenario.server
      )
      expect(found).toHaveLength(1)
      const [finding] = found
      expect(finding?.verdict).toBe(scenario.verdict)
      if (typeof scenario.title === 'string') expect(finding?.title).toBe(scenario.title)
      else expect(finding?.title).toMatch(scenario.title)
      if (scenario.verdict === 'stop' || scenario.verdict === 'warn') expect(finding?.consequence).not.toBe('')
      if (scenario.waivable !== undefined) expect(finding?.waivable).toBe(scenario.waivable)
      if (scenario.statements) expect(finding?.remedies[0]?.statements).toEqual(scenario.statements)
    })
  }
  it('with a safe remedy tells how to undo it', () => {
    for (const scenario of scenarios) {
      const flavour = scenario.flavour ?? 'mariadb'
      const facts = scenario.stage === 'unlinked' ? unlinked(flavour) : healthy(flavour)
      scenario.change(facts)
      for (const finding of judgeAll(checks, facts, []))
        for (const remedy of finding.remedies.filter(({ safe }) => safe)) {
          expect(remedy.server, finding.title).not.toBeNull()
          expect(remedy.undo.length, finding.title).toBeGreaterThan(0)
        }
    }
  })
})

describe('waivers', () => {
  const waiver = (check: string, server?: string): Waiver => ({
    check,
    ...(server ? { server } : {}),
    reason: 'known and accepted',
    by: 'tester',
    at: 1
  })
  it('open a stop that may be waived, and no other', () => {
    const facts = healthy('mariadb')
    facts.old.privileges = known([{ user: 'shop', host: '%', right: 'READ ONLY ADMIN' }])
    facts.old.preparedXa = known(1)
    const stops = (waivers: Waiver[]) => openStops(judgeAll(checks, facts, waivers)).map(({ check }) => check)
    expect(stops([])).toEqual(['B02', 'F03'])
    expect(stops([waiver('B02', 'old-db'), waiver('F03', 'old-db')])).toEqual(['F03'])
    expect(stops([waiver('B02', 'new-db')])).toEqual(['B02', 'F03'])
    expect(stops([waiver('B02')])).toEqual(['F03'])
  })
})

describe('remedies', () => {
  it('are found by check and server', () => {
    const facts = healthy('mysql')
    if (facts.new.variables.known)
      Object.assign(facts.new.variables.value, { read_only: 'OFF', super_read_only: 'OFF' })
    const result = { at: 1, tookMs: 1, checks: [], findings: judgeAll(checks, facts, []) }
    expect(remedyOf(result, 'H09:new-db').remedies[0]).toMatchObject({
      statements: ['SET GLOBAL super_read_only = 1'],
      undo: ['SET GLOBAL super_read_only = 0', 'SET GLOBAL read_only = 0'],
      safe: true
    })
    expect(() => remedyOf(result, 'H09:old-db')).toThrow(/nothing to apply/)
  })
})

describe('host patterns of accounts', () => {
  it('are read as the servers read them', () => {
    expect(letsIn('%', gatherNames.old)).toBe(true)
    expect(letsIn('10.0.%', '10.0.3.4')).toBe(true)
    expect(letsIn('10.0.%', '10.1.3.4')).toBe(false)
    expect(letsIn('10.0.0._', '10.0.0.5')).toBe(true)
    expect(letsIn('10.0.0._', '10.0.0.55')).toBe(false)
    expect(letsIn('192.168.4.0/255.255.252.0', '192.168.7.9')).toBe(true)
    expect(letsIn('192.168.4.0/255.255.252.0', '192.168.8.9')).toBe(false)
    expect(letsIn('10.0.0.0/8', '10.200.1.1')).toBe(true)
    expect(letsIn('localhost', '127.0.0.1')).toBe(true)
    expect(letsIn('a.b', 'axb')).toBe(false)
  })
})
