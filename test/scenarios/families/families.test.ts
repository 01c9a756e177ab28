import { describe, expect, it } from 'vitest'
import { probeCapabilities } from '../../../src/main/mysql/probe-capabilities'
import { linkStatusOf } from '../../../src/main/mysql/replica-status'
import { statementsFor } from '../../../src/main/mysql/statements'
import { type Family, families } from './families'
import { namedRows, recordedSession } from './recorded-session'

const sessionOf = (family: Family) =>
  recordedSession((sql) => {
    if (sql.startsWith('SELECT @@version'))
      return [
        {
          version: family.version,
          comment: family.comment,
          server_id: '7',
          hostname: 'db',
          port: '3306',
          datadir: '/var/lib/mysql/'
        }
      ]
    if (sql.startsWith('SHOW GLOBAL VARIABLES')) return namedRows(sql, family.variables)
    // The comment is read by servers of the release that brought SHOW BINARY LOG STATUS, and by later ones.
    if (sql === 'SELECT 1 /*!80200 + 1 */ AS log_words') return [{ log_words: family.binaryLogStatus ? '2' : '1' }]
    return null
  })

describe.each(families)('a server of $name', (family) => {
  it('is known by what it answers, within three questions', async () => {
    const session = sessionOf(family)
    const can = await probeCapabilities(session)
    expect(can).toMatchObject(family.can)
    expect(can.identity).toMatchObject({ version: family.version, serverId: 7 })
    expect(session.asked.length).toBeLessThanOrEqual(3)
  })

  it('is spoken to in its own words', async () => {
    const say = statementsFor(await probeCapabilities(sessionOf(family)))
    expect(say.showLinks()).toBe(family.says.links)
    expect(say.binlogStatus()).toBe(family.says.log)
    expect(say.showReplicas()).toBe(family.says.replicas)
    expect(say.stopLink('eu')).toEqual([family.says.stop])
    expect(say.waitFor('0-1-1', 1).statement).toMatch(family.says.wait)
    expect(say.createAccount('u', '%', 'pw')[0]).toMatch(family.says.account)
  })

  it('is understood when it speaks of a link', () => {
    const link = linkStatusOf(family.status)
    expect(link).toMatchObject({
      channel: 'Channel_Name' in family.status || 'Connection_name' in family.status ? 'eu' : '',
      sourceHost: '10.0.0.1',
      sourcePort: 3306,
      sourceServerId: 101,
      applier: 'running',
      usesGtid: true
    })
    expect(link.filters).toContain('Replicate_Wild_Ignore_Table: shop.tmp\\_%')
    if (family.version.includes('MariaDB'))
      expect(link).toMatchObject({
        receiver: 'connecting',
        receiverError: { code: 2003 },
        secondsBehind: null,
        received: '0-101-2042',
        applied: '0-101-2041',
        sourceUuid: null,
        remainingDelaySeconds: null
      })
    else
      expect(link).toMatchObject({
        receiver: 'running',
        secondsBehind: 3,
        sourceUuid: '73f86016-978b-11ee-ade5-8d2a2a562feb',
        received: '73f86016-978b-11ee-ade5-8d2a2a562feb:1-9',
        applied: '73f86016-978b-11ee-ade5-8d2a2a562feb:1-5',
        configuredDelaySeconds: 3600,
        remainingDelaySeconds: 42
      })
  })
})

describe('words that changed', () => {
  const wordsOf = async (name: string) => {
    const family = families.find((one) => one.name === name)
    if (!family) throw new Error(name)
    return statementsFor(await probeCapabilities(sessionOf(family)))
  }
  const target = { sourceHost: 'h', sourcePort: 1, user: 'u', password: 'p', channel: 'eu' }

  it('let a replica of MySQL 8.0.25 sign in to a source with caching_sha2_password and no TLS', async () => {
    const [link] = (await wordsOf('MySQL 8.0.25, whose variables still have their old names')).configureLink(target, {
      kind: 'held'
    })
    expect(link).toMatch(/^CHANGE MASTER TO .*GET_MASTER_PUBLIC_KEY = 1 FOR CHANNEL 'eu'$/)
    expect((await wordsOf('MySQL 5.7')).configureLink(target, { kind: 'held' })[0]).not.toContain('PUBLIC_KEY')
  })

  it('begin a binary log anew and rest an event on 8.0 and on 8.4', async () => {
    const event = { schema: 's', name: 'e', definer: 'u@%' }
    const [old, today] = [await wordsOf('MySQL 8.0'), await wordsOf('MySQL 8.4')]
    expect(old.adoptPosition('x:1')[0]).toBe('RESET MASTER')
    expect(today.adoptPosition('x:1')[0]).toBe('RESET BINARY LOGS AND GTIDS')
    expect(old.disableEvent(event)).toMatch(/DISABLE ON SLAVE$/)
    expect(today.disableEvent(event)).toMatch(/DISABLE ON REPLICA$/)
  })

  it('read read_only as text on MariaDB, where 12.0 gave it four values', async () => {
    const say = await wordsOf('MariaDB 12.3')
    for (const statement of [say.showReadOnly(), say.heartbeat(), say.arm({ position: '0-1-2' }, 1).at(-1)])
      expect(statement).toContain("UPPER(CAST(@@global.read_only AS CHAR)) NOT IN ('0', 'OFF')")
  })
})
