import { known, link, set, uuids } from './healthy'
import { ours, type Scenario } from './scenario'

/** One thing is wrong in each. */
export const replicationScenarios: Scenario[] = [
  {
    check: 'C02',
    name: 'the old server follows a third one',
    change: (facts) => {
      facts.old.links = known([
        link('new', 'mariadb', { sourceServerId: 99, sourceHost: '10.9.9.9', sourcePort: 3306 })
      ])
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'old-db itself follows 10.9.9.9:3306',
    waivable: true
  },
  {
    check: 'C05',
    name: 'the new server follows another one',
    change: (facts) => {
      facts.new.links = known([link('old', 'mariadb', { sourceServerId: 99 })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'new-db follows another server than old-db',
    waivable: false
  },
  {
    check: 'C05',
    name: 'the same address leads to a server with another uuid',
    flavour: 'mysql',
    change: (facts) => {
      facts.new.links = known([link('old', 'mysql', { sourceUuid: 'cccccccc-0000-0000-0000-000000000003' })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'new-db follows another server than old-db'
  },
  {
    check: 'C07',
    name: 'another Siteswap has claimed the server',
    change: (facts) => {
      facts.old.claimHolder = known(100)
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'The server is claimed by shop from 10.0.0.5, for 0 s',
    waivable: false
  },
  {
    check: 'C09',
    name: 'the link waits on purpose',
    change: (facts) => {
      facts.new.links = known([link('old', 'mariadb', { configuredDelaySeconds: 60 })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'A link waits 60 s on purpose'
  },
  {
    check: 'D01',
    name: 'the applier has failed',
    change: (facts) => {
      const error = { code: 1062, text: 'Duplicate entry' }
      facts.new.links = known([link('old', 'mariadb', { applier: 'stopped', applierError: error })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'The link from old-db fails: error 1062',
    waivable: false
  },
  {
    check: 'D01',
    name: 'the link back is stopped',
    change: (facts) => {
      facts.old.links = known([link('new', 'mariadb', { receiver: 'stopped', applier: 'stopped' })])
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'The link from new-db is stopped',
    statements: ['START SLAVE']
  },
  {
    check: 'D02',
    name: 'the new server is 40 s behind',
    change: (facts) => {
      ours(facts.old.position).executed = '1-1-500'
      facts.new.heartbeatAgeSeconds = known(40)
    },
    server: 'new-db',
    verdict: 'stop',
    title: '40 s behind, the limit is 2 s'
  },
  {
    check: 'D02',
    name: 'the new server is behind and there is no heartbeat',
    flavour: 'mysql',
    change: (facts) => {
      ours(facts.old.position).executed = `${uuids.old}:1-120`
      facts.new.heartbeatAgeSeconds = known(null)
    },
    server: 'new-db',
    verdict: 'warn',
    title: '20 transactions behind, and no heartbeat to measure the time'
  },
  {
    check: 'D02',
    name: 'nobody has written a heartbeat for 30 s, so that its age tells nothing',
    change: (facts) => {
      ours(facts.old.position).executed = '1-1-500'
      facts.old.ownBeatAgeSeconds = known(30)
      facts.new.heartbeatAgeSeconds = known(30.5)
    },
    server: 'new-db',
    verdict: 'warn',
    title: /nobody has written a heartbeat for 30/
  },
  {
    check: 'D02',
    name: 'the heartbeats rest and the new server does not even have the last one',
    change: (facts) => {
      ours(facts.old.position).executed = '1-1-500'
      facts.old.ownBeatAgeSeconds = known(30)
      facts.new.heartbeatAgeSeconds = known(50)
    },
    server: 'new-db',
    verdict: 'stop',
    title: /50 s behind, the limit is 2 s/
  },
  {
    check: 'D05',
    name: 'the link leaves a table out',
    change: (facts) => {
      facts.new.links = known([link('old', 'mariadb', { filters: ['Replicate_Ignore_Table: shop.carts'] })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'A replication filter is set: Replicate_Ignore_Table: shop.carts',
    waivable: true
  },
  {
    check: 'D06',
    name: 'a schema is not logged',
    change: (facts) => {
      facts.old.binlogFilters = known({ doDb: '', ignoreDb: 'stats' })
    },
    server: 'old-db',
    verdict: 'stop',
    title: 'stats is left out of the binary log',
    waivable: false
  },
  {
    check: 'D07',
    name: 'errors are skipped',
    change: (facts) => set(facts.new, { slave_skip_errors: '1062' }),
    server: 'new-db',
    verdict: 'stop',
    title: 'Errors 1062 are skipped'
  },
  {
    check: 'D07',
    name: 'the applier is lenient',
    change: (facts) => set(facts.new, { slave_exec_mode: 'IDEMPOTENT' }),
    server: 'new-db',
    verdict: 'stop',
    title: 'The applier passes over missing and doubled rows',
    statements: ["SET GLOBAL slave_exec_mode = 'STRICT'"]
  },
  {
    check: 'D17',
    name: 'a cut line is noticed late',
    change: (facts) => set(facts.new, { slave_net_timeout: '60' }),
    server: 'new-db',
    verdict: 'warn',
    title: 'A cut line is noticed only after 60 s',
    statements: ['SET GLOBAL slave_net_timeout = 10']
  },
  {
    check: 'D20',
    name: 'the link runs through an unknown tunnel',
    change: (facts) => {
      facts.new.links = known([link('old', 'mariadb', { sourcePort: 50000 })])
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'The link runs through 127.0.0.1:50000, which is not the bridge',
    waivable: true
  }
]
