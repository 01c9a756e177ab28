import { describe, expect, it } from 'vitest'
import { judgeVersion, skipsSeries } from '../../src/main/mysql/judge-version'

describe('a version text', () => {
  it.each([
    ['5.5.5-10.11.6-MariaDB-log', 'Debian', 'mariadb', [10, 11, 6]],
    ['10.11.19-MariaDB-0+deb12u1-log', 'Debian 12', 'mariadb', [10, 11, 19]],
    ['11.4.2-MariaDB-ubu2404', '', 'mariadb', [11, 4, 2]],
    ['8.0.36-28', 'Percona Server (GPL), Release 28', 'mysql', [8, 0, 36]],
    ['8.0.36-28 (Percona)', '', 'mysql', [8, 0, 36]],
    ['8.0.36-28.1', 'Percona XtraDB Cluster (GPL), Release rel28, WSREP version 26.1.4.3', 'mysql', [8, 0, 36]],
    ['8.0.31-google', '(Google)', 'mysql', [8, 0, 31]],
    ['8.0.40-azure', 'Source distribution', 'mysql', [8, 0, 40]],
    ['8.0.mysql_aurora.3.05.2', '', 'mysql', [8, 0, 0]],
    ['12.3.1-MariaDB-ubu2404', '', 'mariadb', [12, 3, 1]],
    ['9.7.4-2', '(Debian)', 'mysql', [9, 7, 4]],
    ['26.10.0', 'MySQL Community Server - GPL', 'mysql', [26, 10, 0]],
    ['5.6.24-log', '', 'mysql', [5, 6, 24]]
  ])('%s is known', (version, comment, flavour, numbers) => {
    expect(judgeVersion(version, comment)).toEqual({ ok: true, flavour, numbers })
  })
  it.each([
    ['', '', /not a version number/],
    ['8', '', /not a version number/],
    ['8.0', '', /not a version number/],
    ['8.0.11-TiDB-v7.5.0', 'TiDB Server', /TiDB/],
    ['8.0.11-TiDB-v7', '', /TiDB/],
    ['5.7.25-OceanBase-v4.2.1.8', '', /OceanBase/],
    ['8.0.30-Vitess', '', /Vitess/],
    ['5.5.30', '(ProxySQL)', /proxy/],
    ['9.7.0-cluster', '', /NDB/],
    ['10.1.48-MariaDB', '', /older than 10\.2/],
    ['5.5.62', '', /older than 5\.6/],
    ['7.0.1', '', /no such/],
    ['🦆'.repeat(300), '', /not a version number/],
    ['<img src=x>', '', /not a version number/]
  ])('%s is refused in words', (version, comment, why) => {
    const verdict = judgeVersion(version, comment)
    expect(verdict.ok).toBe(false)
    if (verdict.ok) return
    expect(verdict.why).toMatch(why)
    expect(verdict.what.length).toBeLessThan(200)
    expect(verdict.try.length).toBeGreaterThan(0)
  })
  it('of a server in disguise is seen by its variables', () => {
    expect(judgeVersion('8.0.28', 'Source distribution', ['tidb_version']).ok).toBe(false)
  })
})

const identity = (version: string) => {
  const verdict = judgeVersion(version, '')
  if (!verdict.ok) throw new Error(version)
  const base = { version, comment: '', uuid: null, serverId: 1, hostname: '', port: 1, datadir: '', key: '' }
  return { ...base, flavour: verdict.flavour, versionNumbers: verdict.numbers }
}

describe('a newer replica', () => {
  it.each([
    ['5.6.51', '5.7.44', false],
    ['5.6.51', '8.0.44', true],
    ['5.7.44', '8.0.44', false],
    ['5.7.44', '8.4.6', true],
    ['8.0.44', '8.4.6', false],
    ['8.1.0', '8.4.6', false],
    ['8.0.44', '9.7.0', true],
    ['8.4.6', '9.7.0', false],
    ['9.7.0', '26.10.0', false],
    ['8.4.6', '26.10.0', true],
    ['10.5.29-MariaDB', '12.3.1-MariaDB', false]
  ])('of %s at %s skips a series: %s', (source, replica, skips) => {
    expect(skipsSeries(identity(source), identity(replica))).toBe(skips)
  })
})
