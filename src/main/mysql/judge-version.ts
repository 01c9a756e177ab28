import type { Flavour, ServerIdentity } from '../../shared/server'

export type VersionVerdict =
  | { ok: true; flavour: Flavour; numbers: [number, number, number] }
  | { ok: false; what: string; why: string; try: string[] }

const supported = 'Siteswap knows MySQL and Percona Server from 5.6 on and MariaDB from 10.2 on.'

/** Programs that speak the protocol and are neither MySQL nor MariaDB, by what they put into their version. */
const strangers: readonly (readonly [RegExp, string, string])[] = [
  [
    /tidb/i,
    'TiDB speaks the MySQL protocol, but has neither read_only nor MySQL replication.',
    'Use TiDB’s own tools (TiDB Data Migration, TiCDC).'
  ],
  [
    /oceanbase/i,
    'OceanBase speaks the MySQL protocol, but does not replicate as MySQL does.',
    'Use OceanBase’s own migration service.'
  ],
  [
    /vitess|planetscale/i,
    'Vitess answers for many servers at once: none of them can be held or sealed through it.',
    'Connect to the database servers behind it.'
  ],
  [
    /memsql|singlestore/i,
    'SingleStore speaks the MySQL protocol, but has no MySQL replication.',
    'Use SingleStore’s own tools.'
  ],
  [/doris|starrocks|dolt|databend/i, 'It speaks the MySQL protocol, but is another database.', 'Use its own tools.'],
  [
    /proxysql|maxscale/i,
    'A proxy answers there, not the database.',
    'Enter the address of the database server itself.'
  ],
  // Percona XtraDB Cluster, whose comment also says cluster, is Galera.
  [
    /^[\d.]+-cluster|ndb|^MySQL Cluster/i,
    'NDB Cluster does not keep its data in one server.',
    'Use the cluster’s own tools.'
  ]
]

const strangerOf = (version: string, comment: string, variables: readonly string[]) => {
  const found = strangers.find(([pattern]) => pattern.test(version) || pattern.test(comment))
  return found ?? (variables.includes('tidb_version') ? strangers[0] : undefined)
}

const numbersIn = (version: string): [number, number, number] | null => {
  const aurora = /^(\d)\.(\d)\.mysql_aurora\./i.exec(version)
  if (aurora) return [Number(aurora[1]), Number(aurora[2]), 0]
  const match = /^(?:5\.5\.5-(?=\d+\.\d+\.\d+-mariadb))?(\d{1,4})\.(\d{1,4})\.(\d{1,6})(?![\d.])/i.exec(version)
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null
}

/** Reads a version text; anything but a MySQL, Percona or MariaDB server of a known age is refused in words. */
export const judgeVersion = (version: string, comment: string, variables: string[] = []): VersionVerdict => {
  const shown = version.length > 80 ? `${version.slice(0, 80)}…` : version
  const refuse = (why: string, ...hints: string[]): VersionVerdict => ({
    ok: false,
    what: `The server says it is version "${shown}": Siteswap cannot move it.`,
    why,
    try: [...hints, supported]
  })
  const stranger = strangerOf(version, comment, variables)
  if (stranger) return refuse(stranger[1], stranger[2])
  const numbers = numbersIn(version)
  if (!numbers)
    return refuse(
      'This is not a version number of MySQL or MariaDB.',
      'Check that the port is the database itself, not a proxy.'
    )
  if (/mariadb/i.test(`${version} ${comment}`)) {
    if (!atLeast(numbers, [10, 2, 0])) return refuse('This MariaDB is older than 10.2.', 'Upgrade it in place first.')
    return { ok: true, flavour: 'mariadb', numbers }
  }
  if (!atLeast(numbers, [5, 6, 5]))
    return refuse('This MySQL is older than 5.6 and has no GTIDs.', 'Upgrade it in place first.')
  if (numbers[0] > 5 && numbers[0] < 8) return refuse('There is no such MySQL release.')
  return { ok: true, flavour: 'mysql', numbers }
}

/** True when the first version is the second or newer. */
const atLeast = (numbers: readonly number[], wanted: readonly number[]): boolean => {
  for (const [index, want] of wanted.entries()) {
    const have = numbers[index] ?? 0
    if (have !== want) return have > want
  }
  return true
}

/** Whether the replica is of the source's release series, a newer or an older one. */
export const compareVersions = (source: ServerIdentity, replica: ServerIdentity): 'same' | 'newer' | 'older' => {
  const [a, b] = [source.versionNumbers, replica.versionNumbers]
  if (a[0] === b[0] && a[1] === b[1]) return 'same'
  return atLeast(b, a) ? 'newer' : 'older'
}

/** Whether SUPER writes past read_only: MariaDB took that right out of it in 10.11. */
export const superWritesPastReadOnly = ({ flavour, versionNumbers }: ServerIdentity): boolean =>
  flavour === 'mysql' || !atLeast(versionNumbers, [10, 11, 0])

/** MySQL's series that are kept up for years; those between two of them lead to the second (Reference Manual, “Upgrade Paths”). */
const longLived = [
  [5, 6],
  [5, 7],
  [8, 0],
  [8, 4],
  [9, 7]
] as const

const place = (numbers: readonly number[]): number => {
  const next = longLived.findIndex((series) => !atLeast(numbers, [series[0], series[1] + 1]))
  return next < 0 ? longLived.length : next
}

/**
 * Whether a newer replica is further from its source than its makers support: MySQL replicates from one long-lived series to
 * the next (“Replication Compatibility Between MySQL Versions”); MariaDB from any older one.
 */
export const skipsSeries = (source: ServerIdentity, replica: ServerIdentity): boolean =>
  source.flavour === 'mysql' && place(replica.versionNumbers) - place(source.versionNumbers) > 1
