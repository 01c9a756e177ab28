import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Capabilities } from '../../src/main/mysql/capabilities'
import { previewSteps } from '../../src/main/runbook/preview'
import { accountName, accountsScript } from '../../src/main/runbooks/seed/accounts-script'
import { countsText, sameCounts } from '../../src/main/runbooks/seed/count-objects'
import { isSystemAccount } from '../../src/main/runbooks/seed/gather-seed-facts'
import { makeSeedRunbook } from '../../src/main/runbooks/seed/make-seed-runbook'
import { optionFileLines } from '../../src/main/runbooks/seed/option-file'
import { bytesText, type SeedFacts } from '../../src/main/runbooks/seed/seed-facts'
import { seedProgress } from '../../src/main/runbooks/seed/seed-progress'
import { seedScript } from '../../src/main/runbooks/seed/seed-script'

const capabilities = (flavour: 'mysql' | 'mariadb'): Capabilities => ({
  flavour,
  identity: {
    flavour,
    version: '',
    versionNumbers: [9, 7, 4],
    comment: '',
    uuid: flavour === 'mysql' ? 'u' : null,
    serverId: 1,
    hostname: 'h',
    port: 3306,
    datadir: '/d/',
    key: 'k'
  },
  limits: [],
  superReadOnly: flavour === 'mysql',
  channels: true,
  replicaWords: flavour === 'mysql',
  binaryLogStatusWords: flavour === 'mysql',
  gtid: flavour,
  persist: flavour === 'mysql',
  gtidWait: flavour === 'mysql' ? 'executed-set' : 'master-gtid-wait',
  roles: true,
  cachingSha2: flavour === 'mysql',
  performanceSchema: true,
  groupReplication: false
})
const database = {
  host: '127.0.0.1',
  port: 3306,
  via: 'ssh' as const,
  user: 'ad"min',
  tls: { mode: 'disabled' as const }
}
const factsOf = (flavour: 'mysql' | 'mariadb', directory = '/home/me/.siteswap'): SeedFacts => ({
  moveId: 'shop',
  old: { id: 'old-db', name: 'lon-db1', database },
  new: { id: 'new-db', name: 'brn-db1', database },
  oldAt: { host: '127.0.0.1', port: 13306 },
  directory,
  oldCan: capabilities(flavour),
  newCan: capabilities(flavour),
  tools: {
    dump: '/usr/bin/dump',
    client: '/usr/bin/client',
    initCommand: true,
    countBytes: true,
    setsid: '/usr/bin/setsid'
  },
  schemas: [{ name: "sh'op", tables: 2, bytes: 1000 }],
  accounts: [
    { user: 'shop', host: '%', role: false },
    { user: "o'neil", host: 'localhost', role: false },
    ...(flavour === 'mariadb' ? [{ user: 'reader', host: '', role: true }] : [])
  ],
  events: [{ schema: "sh'op", name: 'nightly', definer: 'shop@%' }],
  scheduler: { oldOn: true, newSwitches: true },
  blockers: [],
  warnings: []
})

describe.each(['mysql', 'mariadb'] as const)('the seed of %s', (flavour) => {
  it('is scripts that sh accepts', () => {
    for (const script of [seedScript(factsOf(flavour)), accountsScript(factsOf(flavour))])
      expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('')
  })

  it('names secrets only as placeholders, and never in a command line', () => {
    for (const step of previewSteps(makeSeedRunbook(factsOf(flavour))))
      for (const action of step.actions) {
        if (action.kind === 'command') expect(action.command).not.toContain('‹secret:')
        if (action.kind === 'command' && action.input?.includes('‹secret:'))
          expect(action.input).toBe('‹secret:db/old-db›\n‹secret:db/new-db›\n')
      }
  })

  it('begins its undo with the guard that refuses an active server', () => {
    const steps = previewSteps(makeSeedRunbook(factsOf(flavour)))
    const first = steps.at(-1)?.undo
    const guard = first?.kind === 'actions' && first.actions[0]?.kind === 'sql' ? first.actions[0].statements[0] : ''
    expect(guard).toContain('@@global.read_only')
    expect(guard).toContain('(SELECT 1 UNION SELECT 2)')
  })
})

describe('the option files', () => {
  it('hold any password, readable by their owner only, and are removed at the end', () => {
    const directory = mkdtempSync(join(tmpdir(), 'siteswap-options-'))
    try {
      const lines = [
        ...optionFileLines(factsOf('mysql', directory)),
        `cp -p ${directory}/seed.old.cnf ${directory}/seen`,
        'forget'
      ]
      const password = `a"b\\c'd #e $f \`g\``
      const ran = spawnSync('sh', ['-c', `set -eu\n${lines.join('\n')}`], {
        input: `${password}\nother\n`,
        encoding: 'utf8'
      })
      expect(ran.stderr).toBe('')
      const text = readFileSync(join(directory, 'seen'), 'utf8')
      expect(text).toContain(`password="a\\"b\\\\c'd #e $f \`g\`"`)
      expect(text).toContain('user="ad\\"min"')
      expect(statSync(join(directory, 'seen')).mode & 0o777).toBe(0o600)
      expect(() => statSync(join(directory, 'seed.old.cnf'))).toThrow('ENOENT')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

describe('the progress of the copy', () => {
  it('reads tables and bytes from what the tools say, also when a line comes in pieces', () => {
    let now = 0
    const progress = seedProgress(2, 1000, () => now)
    expect(progress.take('-- Retrieving table structure for table ord').text).toBe('starting')
    expect(progress.take('ers...\n').text).toBe('table 1 of 2: orders')
    now = 2000
    expect(progress.take('\r500 bytes (500 B) copied, 2 s, 0.3 kB/s')).toMatchObject({ done: 0 })
    expect(progress.take('\r')).toEqual({
      text: 'table 1 of 2: orders',
      done: 500,
      total: 1000,
      unit: 'bytes',
      perSecond: 250,
      etaSeconds: 2
    })
  })

  it('never goes back and never passes its total', () => {
    const progress = seedProgress(1, 100, () => 0)
    expect(progress.take('400 bytes copied\n')).toMatchObject({ done: 400, total: 400 })
    expect(progress.take('300 bytes copied\n')).toMatchObject({ done: 400, total: 400 })
  })

  it('keeps the words that are no progress', () => {
    const progress = seedProgress(1, 100, () => 0)
    progress.take('-- Connecting to x...\n12+1 records in\nmysqldump: Got error: 1045\n')
    expect(progress.words()).toBe('mysqldump: Got error: 1045')
  })
})

describe('what is copied', () => {
  it('leaves the servers’ own accounts and Siteswap’s alone', () => {
    expect(['root', 'mysql.sys', 'mariadb.sys', 'siteswap_repl'].every(isSystemAccount)).toBe(true)
    expect(['shop', 'rooted', 'siteswap_admin'].some(isSystemAccount)).toBe(false)
  })

  it('names roles without a host', () => {
    expect(accountName({ user: 'reader', host: '', role: true })).toBe("'reader'")
    expect(accountName({ user: "o'neil", host: '10.%', role: false })).toBe("'o''neil'@'10.%'")
  })

  it('is compared by what a server counts exactly', () => {
    const counts = { tables: 9, views: 1, routines: 2, triggers: 0, events: 1, rows: 5, bytes: 6 }
    expect(countsText(counts)).toBe('9 tables, 1 view, 2 routines, 1 event')
    expect(sameCounts(counts, { ...counts, rows: 7 })).toBe(true)
    expect(sameCounts(counts, { ...counts, views: 0 })).toBe(false)
    expect(bytesText(16_200_000)).toBe('16.2 MB')
  })
})
