import { collations, known, set } from './healthy'
import { ours, type Scenario } from './scenario'

/** One thing is wrong in each. */
export const variablesScenarios: Scenario[] = [
  {
    check: 'H01',
    name: 'table names are compared differently',
    change: (facts) => set(facts.new, { lower_case_table_names: '1' }),
    server: null,
    verdict: 'stop',
    title: 'lower_case_table_names is 0 on the old and 1 on the new server',
    waivable: false
  },
  {
    check: 'H02',
    name: 'the new server is stricter',
    change: (facts) => set(facts.new, { sql_mode: 'NO_ZERO_DATE,STRICT_TRANS_TABLES' }),
    server: null,
    verdict: 'warn',
    title: 'sql_mode differs: +NO_ZERO_DATE',
    statements: ["SET GLOBAL sql_mode = 'STRICT_TRANS_TABLES'"]
  },
  {
    check: 'H03',
    name: 'the new server runs in another zone',
    change: (facts) => set(facts.new, { time_zone: '+02:00' }),
    server: null,
    verdict: 'stop',
    title: 'old-db runs in UTC, new-db in +02:00',
    waivable: true
  },
  {
    check: 'H03',
    name: 'zone names are not loaded',
    change: (facts) => {
      facts.new.timeZoneTables = known(false)
    },
    server: 'new-db',
    verdict: 'warn',
    title: 'Time zone tables are not loaded on the new server'
  },
  {
    check: 'H04',
    name: 'the collation differs',
    change: (facts) => set(facts.new, { collation_server: 'latin1_swedish_ci' }),
    server: null,
    verdict: 'warn',
    title: 'utf8mb4_general_ci on old-db, latin1_swedish_ci on new-db',
    statements: ["SET GLOBAL collation_server = 'utf8mb4_general_ci'"]
  },
  {
    check: 'G12',
    name: 'sessions on the new server have a collation that the old one does not know',
    change: (facts) => {
      facts.new.collations = known(
        collations({
          session: 'utf8mb4_uca1400_ai_ci',
          known: new Set(['utf8mb4_general_ci', 'utf8mb3_general_ci', 'utf8mb4_uca1400_ai_ci'])
        })
      )
      ours(facts.new.variables).character_set_collations = 'utf8mb4=utf8mb4_uca1400_ai_ci'
    },
    server: 'old-db',
    verdict: 'warn',
    title: 'old-db does not know utf8mb4_uca1400_ai_ci, with which new-db works',
    statements: ["SET GLOBAL character_set_collations = ''"]
  },
  {
    check: 'G12',
    name: 'a table has a collation that the new server does not know',
    change: (facts) => {
      facts.old.collations = known(collations({ used: ['utf8mb4_0900_ai_ci'] }))
    },
    server: 'new-db',
    verdict: 'stop',
    title: 'new-db does not know utf8mb4_0900_ai_ci, with which old-db works',
    waivable: true
  },
  {
    check: 'H05',
    name: 'fewer connections are allowed',
    change: (facts) => set(facts.new, { max_connections: '100' }),
    server: 'new-db',
    verdict: 'warn',
    title: 'max_connections 100, was 200',
    statements: ['SET GLOBAL max_connections = 200']
  },
  {
    check: 'H06',
    name: 'isolation differs',
    change: (facts) => set(facts.new, { transaction_isolation: 'READ-COMMITTED' }),
    server: 'new-db',
    verdict: 'warn',
    title: 'transaction_isolation: REPEATABLE-READ → READ-COMMITTED'
  },
  {
    check: 'H09',
    name: 'the passive MariaDB server takes writes',
    change: (facts) => set(facts.new, { read_only: 'OFF' }),
    server: 'new-db',
    verdict: 'stop',
    title: 'new-db takes writes',
    waivable: false,
    statements: ['SET GLOBAL read_only = 1']
  },
  {
    check: 'H09',
    name: 'the passive MySQL server takes writes',
    flavour: 'mysql',
    change: (facts) => set(facts.new, { read_only: 'OFF', super_read_only: 'OFF' }),
    server: 'new-db',
    verdict: 'stop',
    title: 'new-db takes writes',
    statements: ['SET GLOBAL super_read_only = 1']
  },
  {
    check: 'K04',
    name: 'the record is kept for an hour',
    change: (facts) => {
      const answer = ours(facts.domains)[0]?.answers[0]
      if (answer) answer.ttlSeconds = 7200
    },
    server: null,
    verdict: 'warn',
    title: 'shop.test is kept for 2 h'
  },
  {
    check: 'K04',
    name: 'nobody answers for the name',
    change: (facts) => {
      const state = ours(facts.domains)[0]
      if (state) state.answers = []
    },
    server: null,
    verdict: 'unknown',
    title: 'Not known: DNS answers are short-lived'
  },
  {
    check: 'K06',
    name: 'a resolver answers something else',
    change: (facts) => {
      const answer = ours(facts.domains)[0]?.answers[0]
      if (answer) answer.values = ['192.0.2.1']
    },
    server: null,
    verdict: 'warn',
    title: 'ns1 answers 192.0.2.1 for shop.test'
  },
  {
    check: 'K06',
    name: 'one of two name servers does not answer',
    change: (facts) => {
      const failure = { kind: 'unreachable' as const, what: 'ns2 did not answer.', try: [] }
      const silent = { resolver: 'ns2', authoritative: true, values: [], ttlSeconds: null, at: 1, failure }
      ours(facts.domains)[0]?.answers.push(silent)
    },
    server: null,
    verdict: 'info',
    title: 'ns2 did not answer; elsewhere shop.test: 10.0.0.5'
  },
  {
    check: 'K06',
    name: 'no name server answers',
    change: (facts) => {
      const state = ours(facts.domains)[0]
      if (state) state.answers = []
    },
    server: null,
    verdict: 'unknown',
    title: 'Not known: DNS says what the move expects'
  }
]
