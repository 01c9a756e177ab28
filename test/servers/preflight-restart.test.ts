import { describe, it } from 'vitest'
import { probeCapabilities } from '../../src/main/mysql/probe-capabilities'
import { startOwnDatabase } from './own/database'
import { admin, expectEachOnce, pairMove, preflightOf, told } from './preflight-pair'
import { portReach } from './preflight-reach'

describe('preflight on a server that was set up badly', () => {
  it('finds what only a restart can change', async () => {
    const [old, bad] = await Promise.all([
      startOwnDatabase('m1011', { serverId: 7, extra: ['binlog-ignore-db=stats', 'log-slave-updates=OFF'] }),
      startOwnDatabase('m1011', {
        serverId: 7,
        extra: ['skip-log-bin', 'lower-case-table-names=1', 'slave-skip-errors=1062', 'log-slave-updates=OFF']
      })
    ])
    try {
      for (const one of [old, bad])
        await one.asRoot(
          `CREATE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`,
          `GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%'`
        )
      const move = pairMove(old.port, bad.port)
      const as = (port: number) => ({ port, ...admin })
      const reach = portReach(move, { 'old-db': as(old.port), 'new-db': as(bad.port) })
      await probeCapabilities(await reach.session('old-db', 'observe'))
      const seen = told(await preflightOf({ reach, move }))
      await reach.close()
      expectEachOnce(seen, [
        'A04 new-db stop: Both servers have server id 7',
        'A17 old-db info: Started only',
        'D06 old-db stop: stats is left out of the binary log',
        'D07 new-db stop: Errors 1062 are skipped',
        'E01 new-db stop: log_bin is off: no way back',
        'E02 old-db warn: log_slave_updates is off',
        'E02 new-db stop: log_slave_updates is off: the way back has gaps',
        'H01 pair stop: lower_case_table_names is 0 on the old and 1 on the new server'
      ])
    } finally {
      await Promise.all([old.stop(), bad.stop()])
    }
  })
})
