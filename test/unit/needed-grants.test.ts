import { describe, expect, it } from 'vitest'
import { judgeGrants } from '../../src/main/mysql/needed-grants'

const old = [
  'Select',
  'Process',
  'Show view',
  'Event',
  'Trigger',
  'Replication client',
  'Replication slave',
  'Super',
  'Insert',
  'Update',
  'Delete',
  'Create',
  'Drop',
  'Alter',
  'Index',
  'References',
  'Create view',
  'Create routine',
  'Alter routine',
  'Execute',
  'Lock tables',
  'Reload',
  'Create user',
  'Grant option'
]

describe('grants', () => {
  it('are all there when the account may do everything', () => {
    const lines = ["GRANT ALL PRIVILEGES ON *.* TO `root`@`%` IDENTIFIED BY PASSWORD '*AB' WITH GRANT OPTION"]
    expect(judgeGrants({ known: old, lines, account: 'root@%' })).toEqual({
      missingToObserve: [],
      missingToRun: [],
      missingToCopy: [],
      throughRoles: false,
      script: null
    })
  })

  it('ask an old server for SUPER, and never for a name it does not know', () => {
    const verdict = judgeGrants({ known: old, lines: ['GRANT USAGE ON *.* TO `a`@`10.%`'], account: 'a@10.%' })
    expect(verdict.missingToObserve).toEqual([
      'SELECT',
      'PROCESS',
      'SHOW VIEW',
      'EVENT',
      'TRIGGER',
      'REPLICATION CLIENT',
      'REPLICATION SLAVE'
    ])
    expect(verdict.missingToRun).toContain('SUPER')
    expect(verdict.script).toMatch(/ ON \*\.\* TO 'a'@'10\.%' WITH GRANT OPTION;$/)
    expect(verdict.script).not.toMatch(/ADMIN|MONITOR|SHOW_ROUTINE/)
  })

  it('let SUPER stand for the small privileges that MySQL made out of it', () => {
    const known = [...old, 'SYSTEM_VARIABLES_ADMIN', 'REPLICATION_SLAVE_ADMIN', 'SET_ANY_DEFINER', 'XA_RECOVER_ADMIN']
    const verdict = judgeGrants({ known, lines: ['GRANT SUPER ON *.* TO `a`@`%` WITH GRANT OPTION'], account: 'a@%' })
    expect(verdict.missingToRun.filter((name) => name.includes('_'))).toEqual(['XA_RECOVER_ADMIN'])
  })

  it('do not let SUPER stand for what MariaDB took out of it', () => {
    const known = [...old, 'Read_only admin', 'Connection admin', 'Binlog admin', 'Set user']
    const verdict = judgeGrants({ known, lines: ['GRANT SUPER ON *.* TO `a`@`%` WITH GRANT OPTION'], account: 'a@%' })
    expect(verdict.missingToRun).toEqual(
      expect.arrayContaining(['READ_ONLY ADMIN', 'CONNECTION ADMIN', 'BINLOG ADMIN', 'SET USER'])
    )
  })

  it('tell what only the seeding needs from what the cutover needs', () => {
    const lines = [
      'GRANT SELECT, PROCESS, SHOW VIEW, EVENT, TRIGGER, REPLICATION CLIENT, REPLICATION SLAVE, SUPER, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, CREATE USER ON *.* TO `a`@`%` WITH GRANT OPTION'
    ]
    expect(judgeGrants({ known: old, lines, account: 'a@%' })).toEqual({
      missingToObserve: [],
      missingToRun: [],
      missingToCopy: [
        ...['ALTER', 'INDEX', 'REFERENCES', 'CREATE VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EXECUTE'],
        'LOCK TABLES'
      ],
      throughRoles: false,
      script:
        "GRANT ALTER, INDEX, REFERENCES, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, LOCK TABLES ON *.* TO 'a'@'%';"
    })
  })

  it('do not count what is granted on one schema only', () => {
    const verdict = judgeGrants({ known: old, lines: ['GRANT ALL PRIVILEGES ON `shop`.* TO `a`@`%`'], account: 'a@%' })
    expect(verdict.missingToObserve).toContain('SELECT')
  })

  it('may come through a role, which is said', () => {
    const lines = ['GRANT USAGE ON *.* TO `a`@`%`', 'GRANT `dba`@`%` TO `a`@`%`']
    expect(judgeGrants({ known: old, lines, account: 'a@%' }).throughRoles).toBe(true)
  })

  it('quote an account whose name holds quotes and at signs', () => {
    const verdict = judgeGrants({ known: old, lines: [], account: "o'b@x@10.0.0.%" })
    expect(verdict.script).toContain("TO 'o''b@x'@'10.0.0.%'")
  })
})
