import { set } from './healthy'
import { ours, type Scenario } from './scenario'

/** One thing is wrong in each. */
export const versionsScenarios: Scenario[] = [
  {
    check: 'A05',
    name: 'flavours are mixed',
    change: (facts) => {
      ours(facts.new.capabilities).identity.flavour = 'mysql'
    },
    server: null,
    verdict: 'stop',
    title: 'One server is MySQL, the other MariaDB'
  },
  {
    check: 'A05',
    name: 'the new server is older',
    change: (facts) => {
      ours(facts.new.capabilities).identity.versionNumbers = [10, 5, 29]
    },
    server: null,
    verdict: 'stop',
    title: 'The new server is older: 10.11.19 → 10.5.29',
    waivable: true
  },
  {
    check: 'A05',
    name: 'the new server is newer',
    change: (facts) => {
      ours(facts.new.capabilities).identity.versionNumbers = [11, 8, 6]
    },
    server: null,
    verdict: 'warn',
    title: 'The new server is newer: 10.11.19 → 11.8.6'
  },
  {
    check: 'A05',
    name: 'the new server is two series newer',
    flavour: 'mysql',
    change: (facts) => {
      ours(facts.old.capabilities).identity.versionNumbers = [5, 7, 44]
    },
    server: null,
    verdict: 'stop',
    title: 'The new server is more than one series newer: 5.7.44 → 9.7.4',
    waivable: true
  },
  {
    check: 'A07',
    name: 'the server is Amazon’s',
    change: (facts) => set(facts.old, { basedir: '/rdsdbbin/mysql-8.0.36/' }),
    server: 'old-db',
    verdict: 'stop',
    title: 'The server runs on Amazon RDS'
  }
]
