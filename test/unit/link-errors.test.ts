import { describe, expect, it } from 'vitest'
import type { LinkNames } from '../../src/shared/link-errors/link-error'
import { explainLinkError, linkErrors } from '../../src/shared/link-errors/link-errors'
import { changeLink, flavourOf, resetRelay } from '../../src/shared/link-errors/server-words'
import type { LinkWords } from '../../src/shared/server'

const words: Record<'mariadb' | 'modern' | 'older', LinkWords> = {
  mariadb: {
    asked: 'SHOW ALL SLAVES STATUS',
    status: "SHOW SLAVE 'shop' STATUS",
    start: ["START SLAVE 'shop'"],
    stop: ["STOP SLAVE 'shop'"]
  },
  modern: {
    asked: 'SHOW REPLICA STATUS',
    status: "SHOW REPLICA STATUS FOR CHANNEL 'shop'",
    start: ["START REPLICA FOR CHANNEL 'shop'"],
    stop: ["STOP REPLICA FOR CHANNEL 'shop'"]
  },
  older: { asked: 'SHOW SLAVE STATUS', status: 'SHOW SLAVE STATUS', start: ['START SLAVE'], stop: ['STOP SLAVE'] }
}

const names = (more: Partial<LinkNames> = {}): LinkNames => ({
  source: 'fra-db1',
  replica: 'lis-db1',
  text: '',
  words: words.modern,
  ...more
})

/** The most frequent ones, and those of one family alone. */
const frequent = [
  1062, 1032, 1236, 1593, 2003, 2005, 2013, 2026, 2061, 1045, 1044, 1227, 1146, 1050, 1054, 1205, 1213, 1396, 1677,
  1594, 1595, 1782, 1785, 3098, 13114, 13117, 1872, 1753, 1756, 1950, 1951, 1955, 1945, 1040, 1130, 1129, 1451, 1452,
  1049, 1007
]

describe('errors of links', () => {
  it.each(frequent)('%d has a cause and a remedy of its own', (code) => {
    expect(linkErrors[code]).toBeDefined()
  })

  it('have a cause, a remedy, and statements with the server they are for, in every family', () => {
    for (const code of Object.keys(linkErrors).map(Number))
      for (const family of Object.values(words))
        for (const part of ['receiver', 'applier'] as const) {
          const told = explainLinkError(code, names({ words: family, part, text: 'words' }))
          expect(told.happened.length, `${code}`).toBeGreaterThan(40)
          expect(told.happened, `${code}`).toMatch(/\.$/)
          expect(told.tries.length, `${code}`).toBeGreaterThan(0)
          for (const one of told.tries) {
            expect(Boolean(one.statements), `${code} ${one.title}`).toBe(Boolean(one.server))
            expect(one.title, `${code}`).not.toMatch(/\.$/)
          }
        }
  })

  it('never advise to skip: no statement of any of them does', () => {
    for (const code of [...Object.keys(linkErrors).map(Number), 4242])
      for (const family of Object.values(words)) {
        const told = explainLinkError(code, names({ words: family, text: 'words' }))
        const statements = told.tries.flatMap((one) => one.statements ?? []).join('\n')
        expect(statements, `${code}`).not.toMatch(
          /skip|gtid_next|RESET (MASTER|BINARY)|SET GLOBAL gtid_(slave_pos|purged)/i
        )
      }
  })

  it.each([
    ['Could not find first log file name in binary log index file', 'does not have the logs'],
    ['The source has purged binary logs containing GTIDs that the replica requires', 'does not have the logs'],
    ['Could not find GTID state requested by slave in any binlog files', 'does not have the logs'],
    ['log event entry exceeded max_allowed_packet; Increase max_allowed_packet on source', 'larger than'],
    ['A replica with the same server_uuid/server_id as this replica has connected to the source', 'same server id'],
    ['Client requested master to start replication from position > file size', 'behind the end of the log'],
    ["Slave has more GTIDs than the master has, using the master's SERVER_UUID", 'does not have in its log'],
    [
      "Error: connecting slave requested to start from GTID 1-1-9, which is not in the master's binlog",
      'does not have in its log'
    ],
    ['Binary log is not open', 'keeps no binary log'],
    ['Access denied; you need (at least one of) the REPLICATION SLAVE privilege(s)', 'no right to read'],
    ['Misconfigured master - server_id was not set', 'has no server id'],
    ['binlog truncated in the middle of event; consider out of disk space on master', 'damaged or cut short'],
    ['bogus data in log event; the first event', 'damaged or cut short'],
    ['Slave can not handle replication events with the checksum that master is configured to log', 'binlog_checksum']
  ])('1236 and 13114 are read by their text: %s', (text, happened) => {
    for (const code of [1236, 13114]) expect(explainLinkError(code, names({ text })).happened).toContain(happened)
  })

  it('1593 and 13117 tell equal ids from GTIDs that are off', () => {
    const happened = (text: string) => explainLinkError(13117, names({ text })).happened
    expect(happened('The replica I/O thread stops because source and replica have equal MySQL server ids')).toContain(
      'same server id'
    )
    expect(happened('cannot start in AUTO_POSITION mode: the source has GTID_MODE = OFF')).toContain(
      'does not use GTIDs'
    )
  })

  it('a missing right is the account’s on the source for the receiver, the definer’s on the replica for the applier', () => {
    const servers = (part: 'receiver' | 'applier') =>
      explainLinkError(1227, names({ part })).tries.flatMap((one) => one.server ?? [])
    expect(servers('receiver')[0]).toBe('fra-db1')
    expect(servers('applier')).toEqual(['lis-db1', 'lis-db1'])
  })

  it('a link inside one site is not told to look at the bridge', () => {
    const inside = explainLinkError(2003, names({ crossesSites: false }))
    expect(inside.happened).not.toContain('bridge')
    expect(inside.tries.some((one) => one.go === 'bridge')).toBe(false)
    expect(explainLinkError(2003, names()).tries.some((one) => one.go === 'bridge')).toBe(true)
  })
})

describe('statements about a link', () => {
  it('are in the words of its family and on its channel', () => {
    const change = (which: keyof typeof words) => changeLink(words[which], 'SOURCE_SSL = 0', 'MASTER_SSL = 0')
    expect(change('modern')).toBe("CHANGE REPLICATION SOURCE TO SOURCE_SSL = 0 FOR CHANNEL 'shop'")
    expect(change('older')).toBe('CHANGE MASTER TO MASTER_SSL = 0')
    expect(change('mariadb')).toBe("CHANGE MASTER 'shop' TO MASTER_SSL = 0")
    expect(resetRelay(words.mariadb)).toEqual(["RESET SLAVE 'shop'"])
    expect(Object.values(words).map(flavourOf)).toEqual(['mariadb', 'mysql', 'mysql'])
  })
})
