import { describe, expect, it } from 'vitest'
import { type LimitFacts, limitsOf } from '../../../src/main/mysql/server-limits'

const server = (version: string, comment: string, variables: Record<string, string> = {}): LimitFacts => ({
  version,
  comment,
  variables
})
const community = 'MySQL Community Server - GPL'

// What each says of itself, as its users show it (dumps' headers, screenshots of SHOW VARIABLES) and its makers document it.
describe('a server that others keep', () => {
  it.each([
    ['Amazon RDS', 'rds', server('8.0.40', 'Source distribution', { basedir: '/rdsdbbin/mysql-8.0.40.R3/' })],
    ['Amazon RDS', 'rds', server('10.11.8-MariaDB-log', 'managed', { basedir: '/rdsdbbin/mariadb-10.11.8.R2/' })],
    [
      'Amazon Aurora',
      'aurora',
      server('8.0.39', 'Source distribution', {
        aurora_version: '3.10.0',
        basedir: '/rdsdbbin/oscar-8.0.mysql_aurora.3.10.0/'
      })
    ],
    ['Amazon Aurora', 'aurora', server('5.7.mysql_aurora.2.11.2', 'Source distribution')],
    ['Google Cloud SQL', 'cloud-sql', server('8.0.31-google', '(Google)')],
    ['Google Cloud SQL', 'cloud-sql', server('8.4.4', community, { cloudsql_iam_authentication: 'ON' })],
    ['Azure Database for MySQL', 'azure', server('8.0.40-azure', 'Source distribution')],
    ['Azure Database for MySQL', 'azure', server('5.7.44-log', community, { aad_auth_only: 'OFF' })],
    ['Alibaba Cloud RDS', 'other-cloud', server('8.0.36', 'Source distribution', { opt_rds_last_error_gtid: 'ON' })],
    ['Oracle HeatWave MySQL', 'other-cloud', server('9.2.1-u1-cloud', 'MySQL Enterprise - Cloud')]
  ])('%s (%s) is recognised, and told what can and cannot be done', (name, kind, facts) => {
    const found = limitsOf(facts)
    expect(found.map((limit) => [limit.name, limit.kind])).toEqual([[name, kind]])
    expect(found[0]?.seenBy).toMatch(/ = /)
    expect(found[0]?.can.join(' ')).toMatch(/topology.*Compare/)
    expect(found[0]?.cannot.join(' ')).toMatch(/Hold.*Seal.*follow/)
    expect(found[0]?.instead).not.toBe('')
  })

  it('in a Galera cluster is named with its cluster, and on a provider’s hosts both are told', () => {
    const node = server('10.6.18-MariaDB-log', 'mariadb.org', { wsrep_on: 'ON', wsrep_cluster_name: 'shop' })
    expect(limitsOf(node)).toMatchObject([
      {
        kind: 'galera',
        seenBy: 'wsrep_on = ON, wsrep_cluster_name = shop',
        cannot: [/alone/, /take over/].map((one) => expect.stringMatching(one))
      }
    ])
    expect(limitsOf({ ...node, variables: { ...node.variables, aad_auth_only: 'ON' } })).toHaveLength(2)
  })

  it('in a replication group is one of its members', () => {
    const [limit] = limitsOf({ ...server('8.4.6', community), groupMembers: 3 })
    expect(limit).toMatchObject({
      kind: 'group-replication',
      seenBy: expect.stringContaining('3 in performance_schema')
    })
  })

  it.each([
    ['8.0.44', community, { basedir: '/usr/', wsrep_on: 'OFF' }],
    [
      '10.11.14-MariaDB-0+deb12u2-log',
      'Debian 12',
      { basedir: '/usr', wsrep_on: 'OFF', wsrep_cluster_name: 'my_wsrep_cluster' }
    ],
    ['8.0.36-28', 'Percona Server (GPL), Release 28', { basedir: '/opt/google-shop/mysql/' }],
    ['🦆'.repeat(300), '<b>(Google</b>', {}]
  ])('is not seen in %s', (version, comment, variables) => {
    expect(limitsOf(server(version, comment, variables))).toEqual([])
  })

  it('is shown shortly, however long its texts are', () => {
    const [limit] = limitsOf(server('8.0.31-google', `(Google)${'x'.repeat(5000)}`))
    expect(limit?.seenBy.length).toBeLessThan(120)
  })
})
