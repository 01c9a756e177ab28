import { describe, expect, it } from 'vitest'
import { bridgeUsersOf, parseSockets, userWords } from '../../src/main/runbooks/finish/bridge-users'
import { printDefaults, roleIn } from '../../src/main/runbooks/finish/restart-role'
import { settingsInJournal } from '../../src/main/runbooks/finish/settings-in-journal'
import type { JournalBody, JournalEntry } from '../../src/shared/journal'
import { moveSchema } from '../../src/shared/move'
import { retiredIn, retiredSubject } from '../../src/shared/retired'

const web = (id: string, address: string) => ({
  id,
  name: id,
  kind: 'web' as const,
  ssh: [{ host: address, user: 'root', auth: { kind: 'agent' as const } }]
})
const move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'm',
  name: 'm',
  createdAt: 0,
  old: {
    name: 'Old',
    servers: [
      {
        ...web('odb', '10.1.0.2'),
        kind: 'database',
        database: { host: '127.0.0.1', port: 3306, user: 'siteswap' }
      },
      web('web1', '10.1.0.3')
    ]
  },
  new: { name: 'New', servers: [] },
  bridge: { user: 'root', sshHost: '10.1.0.2', newAt: { host: '10.1.0.2', port: 13307 } }
})

/** As `ss` of iproute2 6.1 prints it. */
const printed = `0      0           10.1.0.2:13307       10.1.0.3:40112
	 cubic wscale:7,7 rto:204 rtt:0.05/0.02 lastsnd:61000 lastrcv:60000 lastack:60000 minrtt:0.03
0      0      [::ffff:10.1.0.2]:13307 [::ffff:10.1.0.3]:40114
	 cubic wscale:7,7 rto:204 lastsnd:300 lastrcv:240000 minrtt:0.03
0      0           10.1.0.2:13307       10.1.0.9:51000
	 cubic lastsnd:240000 lastrcv:240000
0      0           10.1.0.2:13307       10.1.0.2:33000
	 cubic lastsnd:10 lastrcv:10
0      0           10.9.9.9:13307       10.1.0.8:33000
--clients
0      0           10.1.0.2:33000       10.1.0.2:13307 users:(("ld-linux-x86-64",pid=411,fd=40))
0      0           10.1.0.2:33002       10.1.0.2:13307 users:(("sshd",pid=500,fd=9))
0      0           10.1.0.2:33004       10.1.0.2:13307 users:(("php-fpm8.2",pid=610,fd=7))
--database
0      151           0.0.0.0:3306         0.0.0.0:*     users:(("ld-linux-x86-64",pid=411,fd=22))
`

describe('who is behind the bridge', () => {
  it('is told by the sockets where it listens, host by host, without the database’s own link', () => {
    const users = bridgeUsersOf(move, 'old', 'odb', parseSockets(printed))
    expect(users.map(userWords)).toEqual([
      '10.1.0.9 (1 connection, silent for 4 min)',
      'php-fpm8.2 on odb (1 connection)',
      'web1 (2 connections, in use now)'
    ])
    expect(users.map(({ id }) => id)).toEqual(['10.1.0.9', 'odb', 'web1'])
  })
  it('is nobody when nobody is connected', () => {
    expect(bridgeUsersOf(move, 'old', 'odb', parseSockets('--clients\n--database\n'))).toEqual([])
  })
  it('travels as the subject of the finish', () => {
    expect(retiredIn(retiredSubject(['web1', '10.1.0.9']))).toEqual(['web1', '10.1.0.9'])
    expect(retiredSubject([])).toBeNull()
    expect([retiredIn(null), retiredIn('H09:odb'), retiredIn('retired:')]).toEqual([[], [], []])
  })
})

describe('the role after a restart', () => {
  it.each([
    ['', 'writable'],
    ['--port=3306 --read_only=ON', 'read-only'],
    ['--read-only', 'read-only'],
    ['--read_only=1 --read_only=0', 'writable'],
    ['--super_read_only=ON', 'read-only'],
    ['--loose-super-read-only=1 --skip-read-only', 'writable'],
    ['--innodb_read_only_compressed=OFF', 'writable']
  ])('is read from the options “%s”', (text, role) => {
    expect(roleIn(text)).toBe(role)
  })
  it('is asked of the very program that runs, with its files and the words it was started with', () => {
    expect(
      printDefaults([
        '/lib/ld.so',
        '--library-path',
        '/r',
        '/r/mysqld',
        '--defaults-file=/my.cnf',
        '--read-only',
        '-uroot'
      ])
    ).toEqual([
      '/lib/ld.so',
      '--library-path',
      '/r',
      '/r/mysqld',
      '--defaults-file=/my.cnf',
      '--print-defaults',
      '--read-only'
    ])
    expect(printDefaults(['docker-init', '--', 'sh'])).toBeNull()
  })
})

describe('the settings from before', () => {
  const entries = (...bodies: JournalBody[]): JournalEntry[] =>
    bodies.map((body, index) => ({ seq: index, at: 0, mono: 0, prev: '', hash: '', body }))
  const intent = (value: string): JournalBody => ({
    type: 'intent',
    run: 'r',
    step: 'settings-old',
    actions: [],
    snapshot: { auto_increment_increment: { value, persisted: null } }
  })
  const undone: JournalBody = { type: 'undone', run: 'r', step: 'settings-old', evidence: '', ms: 0 }
  const found = (...bodies: JournalBody[]) =>
    settingsInJournal(entries(...bodies), 'old')?.auto_increment_increment?.value
  it('are those of the first time, as a second one would read what the first one made', () => {
    expect(found(intent('1'), intent('2'))).toBe('1')
  })
  it('are read anew after they were put back, and unknown before', () => {
    expect(found(intent('1'), undone, intent('3'))).toBe('3')
    expect([found(), found(intent('1'), undone)]).toEqual([undefined, undefined])
  })
})
