import { describe, expect, it } from 'vitest'
import { limitsOf } from '../../src/main/mysql/server-limits'
import { wayBackWarnings } from '../../src/main/mysql/way-back'
import { limitsSaid } from '../../src/main/runbooks/limits-said'
import type { ServerIdentity } from '../../src/shared/server'

const saidOf = (variables: Record<string, string>, version = '8.0.40') =>
  limitsSaid('fra-db1', limitsOf({ version, comment: '', variables }))

describe('before a run', () => {
  it('a cluster and Aurora stop it, with what cannot be done and what to do instead', () => {
    const galera = saidOf({ wsrep_on: 'ON' })
    expect(galera.warnings).toEqual([])
    expect(galera.blockers).toMatchObject([
      {
        what: 'fra-db1 is a node of a Galera cluster: Siteswap can look at it, but not move it.',
        why: expect.stringContaining('wsrep_on = ON. It cannot: Hold or seal it alone'),
        try: [expect.stringContaining('its own tools')]
      }
    ])
    expect(saidOf({ aurora_version: '3.10.0' }).blockers[0]?.what).toBe(
      'fra-db1 is on Amazon Aurora: Siteswap can look at it, but not move it.'
    )
  })

  it('a provider is a warning: it may have given the rights', () => {
    const rds = saidOf({ basedir: '/rdsdbbin/mysql-8.0.40.R3/' })
    expect(rds.blockers).toEqual([])
    expect(rds.warnings[0]).toMatch(
      /^fra-db1 is on Amazon RDS \(basedir = .*refuses FLUSH TABLES WITH READ LOCK.*migration service/
    )
  })

  it('a server of one’s own is nothing to speak of', () => {
    expect(saidOf({ basedir: '/usr/', wsrep_on: 'OFF' })).toEqual({ blockers: [], warnings: [] })
  })
})

const identity = (version: string, numbers: [number, number, number]): ServerIdentity => ({
  flavour: 'mariadb',
  version,
  versionNumbers: numbers,
  comment: '',
  uuid: null,
  serverId: 1,
  hostname: '',
  port: 3306,
  datadir: '',
  key: version
})
const names = { old: 'fra-db1', new: 'lis-db1' }
const [m105, m118] = [identity('10.5.29-MariaDB', [10, 5, 29]), identity('11.8.6-MariaDB', [11, 8, 6])]

describe('the way back', () => {
  it('to an older series is told with what is left when it fails', () => {
    const [newer, unknown, ...more] = wayBackWarnings(names, m105, m118, ['utf8mb4_uca1400_ai_ci'])
    expect(newer).toMatch(
      /^lis-db1 \(11\.8\.6\) is of a newer series than fra-db1 \(10\.5\.29\)\..*what is left is to go forward/
    )
    expect(unknown).toMatch(/^fra-db1 does not know utf8mb4_uca1400_ai_ci, .*error 22.*G12/)
    expect(more).toEqual([])
  })

  it('between equals is nothing to speak of', () => {
    expect(wayBackWarnings(names, m118, m118, [])).toEqual([])
  })
})
