import { describe, expect, it } from 'vitest'
import { checks } from '../../../src/main/preflight/checks'
import { judgeAll } from '../../../src/main/preflight/run'
import { withoutParts } from '../../../src/main/preflight/seen-in-part'
import { healthy, known } from './healthy'

const lookMariadb =
  'SELECT, PROCESS, SHOW VIEW, EVENT, TRIGGER, SLAVE MONITOR, BINLOG MONITOR, REPLICATION MASTER ADMIN'

/** What is not known on the old server when the account lacks one right. */
const hidden = (lacking: string | null) => {
  const facts = healthy('mariadb')
  const rights = lookMariadb.split(', ').filter((right) => right !== lacking)
  facts.old.ownGrants = known([`GRANT ${rights.join(', ')} ON *.* TO \`admin\`@\`%\``])
  facts.old = withoutParts(facts.old)
  return judgeAll(checks, facts, []).filter(({ verdict }) => verdict === 'unknown')
}

describe('an account that sees only part of an answer', () => {
  it('has nothing hidden from it when it may look', () => {
    expect(hidden(null)).toEqual([])
  })
  it('does not know the sessions of others without PROCESS', () => {
    const findings = hidden('PROCESS')
    expect(findings.map(({ check }) => check)).toEqual(['B02', 'F05', 'F07', 'F08', 'G21'])
    for (const { consequence } of findings)
      expect(consequence).toBe(
        'admin@% may not see the sessions of others: it lacks PROCESS. Grant what check A10 names.'
      )
  })
  it('does not know the tables without SELECT on all of them', () => {
    expect(hidden('SELECT').map(({ check }) => check)).toEqual(['E17', 'F07', 'G03', 'G03', 'G08', 'G09'])
  })
  it('does not know who the definers are without TRIGGER', () => {
    expect(hidden('TRIGGER').map(({ check, server }) => `${check} ${server}`)).toEqual(['G03 old-db', 'G03 new-db'])
  })
})
