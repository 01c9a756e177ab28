import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { until } from '../lab/processes'
import { startOwnDatabase } from './own/database'
import { freePort } from './own/free-port'
import { expectListed } from './preflight-made-to-fail'
import { admin, expectEachOnce, pairMove, preflightOf, told } from './preflight-pair'
import { portReach } from './preflight-reach'

/** Debian's libfaketime, which gives a program another time than its host has. */
const fakeTime = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find(existsSync)

const seenLike = ({ kind, seenBy }: { kind: string; seenBy: RegExp }) => ({
  kind,
  seenBy: expect.stringMatching(seenBy)
})

describe('preflight on a server that was set up badly', () => {
  it('finds what only a restart can change', async () => {
    expect(fakeTime, 'apt-get install libfaketime').toBeDefined()
    const cluster = await freePort()
    const [old, bad] = await Promise.all([
      startOwnDatabase('m1011', {
        serverId: 7,
        extra: [
          'binlog-ignore-db=stats',
          'log-slave-updates=OFF',
          // A Galera cluster of this one node.
          'wsrep-on=ON',
          'wsrep-provider=/usr/lib/galera/libgalera_smm.so',
          'wsrep-cluster-address=gcomm://',
          'wsrep-node-address=127.0.0.1',
          `wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:${cluster};gcache.size=1M"`,
          'innodb-autoinc-lock-mode=2'
        ]
      }),
      startOwnDatabase('m1011', {
        serverId: 7,
        extra: [
          ...['skip-log-bin', 'lower-case-table-names=1', 'slave-skip-errors=1062', 'log-slave-updates=OFF'],
          // The service itself cannot be had here; this is what its servers answer.
          'basedir=/rdsdbbin/mariadb-10.11'
        ],
        env: { LD_PRELOAD: fakeTime ?? '', FAKETIME: '-180s', DONT_FAKE_MONOTONIC: '1' }
      })
    ])
    try {
      // A node of a cluster answers before it takes statements.
      await until(
        () =>
          old.asRoot('SELECT 1 FROM mysql.user LIMIT 1').then(
            () => true,
            () => false
          ),
        60_000,
        'no cluster'
      )
      for (const one of [old, bad])
        await one.asRoot(
          `CREATE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`,
          `GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%' WITH GRANT OPTION`
        )
      const move = pairMove(old.port, bad.port)
      const as = (port: number) => ({ port, ...admin })
      const reach = portReach(move, { 'old-db': as(old.port), 'new-db': as(bad.port) })
      const findings = await preflightOf({ reach, move })
      const limits = async (server: string) => (await reach.capabilities(server)).limits
      expect(await limits('old-db')).toMatchObject([{ kind: 'galera', seenBy: /^wsrep_on = ON/ }].map(seenLike))
      expect(await limits('new-db')).toMatchObject([{ kind: 'rds', seenBy: /^basedir = \/rdsdbbin/ }].map(seenLike))
      await reach.close()
      expectEachOnce(told(findings), [
        'A04 new-db stop: Both servers have server id 7',
        'A07 new-db stop: The server runs on Amazon RDS',
        'A09 old-db stop: The server is a node of a Galera cluster',
        'A15 pair stop: The clocks are 3 min apart',
        'A17 old-db info: Started only',
        'D06 old-db stop: stats is left out of the binary log',
        'D07 new-db stop: Errors 1062 are skipped',
        'E01 new-db stop: log_bin is off: no way back',
        'E02 old-db warn: log_slave_updates is off',
        'E02 new-db stop: log_slave_updates is off: the way back has gaps',
        'H01 pair stop: lower_case_table_names is 0 on the old and 1 on the new server'
      ])
      const waivable = findings.filter(({ verdict, waivable }) => verdict === 'stop' && waivable)
      expect(waivable.map(({ check }) => check)).toEqual(['A07', 'A15', 'D07', 'E02'])
    } finally {
      await Promise.all([old.stop(), bad.stop()])
    }
  })
})

it('makes fail what the list of this file says', () => expectListed('preflight-restart.test.ts'))
