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
      missingToOperate: [],
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
    expect(verdict.missingToOperate).toContain('SUPER')
    expect(verdict.script).toMatch(/ ON \*\.\* TO 'a'@'10\.%' WITH GRANT OPTION;$/)
    expect(verdict.script).not.toMatch(/ADMIN|MONITOR|SHOW_ROUTINE/)
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
