import { describe, expect, it } from 'vitest'
import {
  groupFindings,
  isToDo,
  listFindings,
  remediesText,
  tallyOf
} from '../../src/renderer/stations/preflight/finding-groups'
import type { CheckInfo, Finding, PreflightResult, Verdict } from '../../src/shared/finding'

const check = (id: string, group: CheckInfo['group']): CheckInfo => ({
  id,
  group,
  title: `check ${id}`,
  why: 'because'
})
const finding = (id: string, verdict: Verdict, more: Partial<Finding> = {}): Finding => ({
  check: id,
  server: null,
  side: null,
  verdict,
  title: `${id} is ${verdict}`,
  consequence: '',
  evidence: [],
  remedies: [],
  waivable: true,
  waiver: null,
  ...more
})
const waiver = { check: 'B1', reason: 'on purpose', by: 'me', at: 1 }
const result: PreflightResult = {
  at: 1,
  tookMs: 1,
  checks: [check('A1', 'identity'), check('B1', 'bypass'), check('E1', 'binlog'), check('H1', 'variables')],
  findings: [
    finding('A1', 'ok'),
    finding('B1', 'warn', { waiver }),
    finding('B1', 'unknown', { server: 'old-db' }),
    finding('E1', 'warn', { server: 'old-db' }),
    finding('E1', 'stop', { server: 'new-db' }),
    finding('H1', 'info')
  ]
}
const nameOf = (server: string) => server.toUpperCase()
const groups = (shown: 'todo' | 'waived' | 'all', filter = '') => groupFindings(result, { shown, filter, nameOf })

describe('findings of preflight', () => {
  it('are counted once each, a waived one only as waived', () => {
    expect(tallyOf(result.findings)).toEqual({ stops: 1, warnings: 1, unknown: 1, waived: 1, ok: 1, notes: 1 })
  })
  it('are to do when they stop, warn or were not answered, unless waived', () => {
    expect(result.findings.filter(isToDo).map(({ verdict }) => verdict)).toEqual(['unknown', 'warn', 'stop'])
  })
  it('stand in groups, what stops first, and what is quiet is kept at the end', () => {
    const list = groups('todo')
    expect(list.map(({ id }) => id)).toEqual(['binlog', 'bypass', 'identity', 'variables'])
    expect(list.map(({ quiet }) => quiet)).toEqual([false, false, true, true])
    expect(list[0]?.lines.map(({ finding }) => finding.verdict)).toEqual(['stop', 'warn'])
    expect(list[0]?.counts.map(({ words }) => words)).toEqual(['1 stop', '1 warning'])
  })
  it('keep the order of the catalogue when all are shown', () => {
    expect(groups('all').map(({ id }) => id)).toEqual(['identity', 'bypass', 'binlog', 'variables'])
  })
  it('are found by title, check, group and the name of their server', () => {
    expect(groups('todo', 'NEW-DB').flatMap(({ lines }) => lines.map(({ key }) => key))).toEqual(['E1:new-db'])
    expect(groups('all', 'e1 stop').flatMap(({ lines }) => lines.map(({ key }) => key))).toEqual(['E1:new-db'])
    expect(groups('all', 'Binary log')).toHaveLength(1)
    expect(groups('todo', 'nothing of the kind')).toEqual([])
  })
  it('have keys of their own also when a check speaks twice of the same', () => {
    const twice = { ...result, findings: [finding('A1', 'ok'), finding('A1', 'warn')] }
    expect(listFindings(twice).map(({ key }) => key)).toEqual(['A1:', 'A1::1'])
  })
  it('give their remedies as one text that names server and undo', () => {
    const remedy = {
      text: 'Keep logs.',
      server: 'old-db',
      statements: ['SET GLOBAL x = 1'],
      undo: ['SET GLOBAL x = 0'],
      safe: true
    }
    const text = remediesText(
      [finding('E8', 'warn', { remedies: [remedy] }), finding('A1', 'ok', { remedies: [remedy] })],
      nameOf
    )
    expect(text.split('\n')).toEqual([
      '-- E8 E8 is warn',
      '-- Keep logs.',
      '-- on OLD-DB:',
      'SET GLOBAL x = 1;',
      '-- undo: SET GLOBAL x = 0;'
    ])
  })
})
