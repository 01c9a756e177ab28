import type { ServerSurvey } from '../../src/shared/server'
import type { Topology, TopologyLink } from '../../src/shared/topology'
import { surveyedLink } from '../scenarios/link-status'
import { at, holdAt, minutes, position } from './report-fixture-time'

const survey = (server: string, serverId: number, readOnly: boolean, total: number, when: number): ServerSurvey => ({
  server,
  at: when,
  tookMs: 12,
  identity: {
    flavour: 'mariadb',
    version: '10.11.14-MariaDB-log',
    versionNumbers: [10, 11, 14],
    comment: 'Debian 12',
    uuid: null,
    serverId,
    hostname: server,
    port: 3306,
    datadir: '/var/lib/mysql/',
    key: server
  },
  readOnly,
  superReadOnly: null,
  logBin: true,
  gtid: { executed: position, purged: '', binlogState: position, replicaPos: position },
  binlog: { file: 'binlog.000412', position: 88123 },
  links: [],
  dumpThreads: [],
  connections: { total, limit: 400, byAccount: [] },
  uptimeSeconds: 8_000_000,
  writesTotal: 48_211_690,
  dataBytes: 209_000_000_000,
  variables: {}
})

const link = (source: string, replica: string, lagSeconds: number | null, crossesSites = true): TopologyLink => ({
  id: `${source}-${replica}`,
  source,
  replica,
  state: 'running',
  status: surveyedLink({ sourceServerId: 101, received: position, applied: position }),
  lagSeconds,
  lagHistory: [],
  crossesSites,
  at: holdAt
})

const app = (server: string, side: 'old' | 'new', connections: Record<string, number>): Topology['apps'][number] => ({
  server,
  side,
  kind: 'web',
  reached: true,
  failure: null,
  connections,
  at: holdAt
})

/** The topology before and after the switch. */
export const picture = (after: boolean): Topology => ({
  at: after ? at(480_000) : at(-6200),
  nodes: [
    {
      server: 'fra-db1',
      side: 'old',
      survey: survey('fra-db1', 101, after, after ? 9 : 231, holdAt),
      failure: null,
      writesPerSecond: []
    },
    {
      server: 'fra-db2',
      side: 'old',
      survey: survey('fra-db2', 103, true, 14, holdAt),
      failure: null,
      writesPerSecond: []
    },
    {
      server: 'lis-db1',
      side: 'new',
      survey: survey('lis-db1', 102, !after, after ? 218 : 6, holdAt),
      failure: null,
      writesPerSecond: []
    }
  ],
  links: [
    link('fra-db1', 'lis-db1', 0.21),
    ...(after ? [link('lis-db1', 'fra-db1', 0.2)] : []),
    link('fra-db1', 'fra-db2', 0.05, false)
  ],
  apps: after
    ? [
        app('fra-web1', 'old', { 'lis-db1': 24 }),
        app('fra-web2', 'old', { 'lis-db1': 22 }),
        app('lis-web1', 'new', { 'lis-db1': 86 }),
        app('lis-web2', 'new', { 'lis-db1': 84 })
      ]
    : [
        app('fra-web1', 'old', { 'fra-db1': 112 }),
        app('fra-web2', 'old', { 'fra-db1': 104 }),
        app('lis-web1', 'new', {}),
        app('lis-web2', 'new', {})
      ],
  bridge: { kind: 'up', since: at(-minutes(2890)), roundTripMs: 38.2, supervisor: 'systemd', detail: '', at: holdAt },
  domains: [],
  active: after ? 'lis-db1' : 'fra-db1',
  writable: [after ? 'lis-db1' : 'fra-db1'],
  roundTripMs: { 'fra-db1': 21, 'lis-db1': 44 }
})
