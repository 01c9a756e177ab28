import type { Capabilities } from './capabilities'
import { superIncludes } from './probe-capabilities'

const basic = ['SELECT', 'INSERT', 'UPDATE', 'CREATE', 'RELOAD', 'PROCESS', 'CREATE USER', 'EVENT', 'REPLICATION SLAVE']

/** What the runbooks need, each with the rights that contain it. */
export const runbookRights = ({ flavour, identity, roles }: Capabilities): string[][] => {
  const plain = basic.map((right) => [right])
  if (flavour === 'mysql')
    return [
      ...plain,
      ['REPLICATION CLIENT'],
      ...(roles
        ? ['SYSTEM_VARIABLES_ADMIN', 'REPLICATION_SLAVE_ADMIN', 'CONNECTION_ADMIN'].map((right) => [right, 'SUPER'])
        : [['SUPER']])
    ]
  if (superIncludes(identity, 'replication')) return [...plain, ['REPLICATION CLIENT'], ['SUPER']]
  return [
    ...plain,
    ['SUPER'],
    ['BINLOG MONITOR', 'REPLICATION CLIENT'],
    ['BINLOG ADMIN'],
    ['REPLICATION SLAVE ADMIN'],
    ['SLAVE MONITOR', 'REPLICA MONITOR'],
    ['CONNECTION ADMIN'],
    ['READ_ONLY ADMIN', 'READ ONLY ADMIN']
  ]
}
