import type { Check } from '../check'
import { accountsLetIn } from './accounts-let-in'
import { activeIsNoReplica } from './active-is-no-replica'
import { autoIncrementApart } from './auto-increment-apart'
import { binaryLogOn } from './binary-log-on'
import { bypassingAccounts } from './bypassing-accounts'
import { clocksAgree } from './clocks-agree'
import { collationsKnown } from './collations-known'
import { connectionsToSpare } from './connections-to-spare'
import { definersExist } from './definers-exist'
import { differentServers } from './different-servers'
import { dnsAsExpected } from './dns-as-expected'
import { dnsTtlShort } from './dns-ttl-short'
import { durableCommits } from './durable-commits'
import { eventsDisabled } from './events-disabled'
import { followsDirectly } from './follows-directly'
import { gtidOn } from './gtid-on'
import { lagBelowLimit } from './lag-below-limit'
import { limitsLargeEnough } from './limits-large-enough'
import { linksRun } from './links-run'
import { logsKept } from './logs-kept'
import { logsStillThere } from './logs-still-there'
import { managedService } from './managed-service'
import { memoryTables } from './memory-tables'
import { noBinlogFilters } from './no-binlog-filters'
import { noCluster } from './no-cluster'
import { noDelay } from './no-delay'
import { noErrantTransactions } from './no-errant-transactions'
import { noForeignLocks } from './no-foreign-locks'
import { noLongStatements } from './no-long-statements'
import { noLongTransactions } from './no-long-transactions'
import { noPreparedXa } from './no-prepared-xa'
import { noReplicationFilters } from './no-replication-filters'
import { noSchemaChange } from './no-schema-change'
import { noSkippedErrors } from './no-skipped-errors'
import { oneOperator } from './one-operator'
import { ownRights } from './own-rights'
import { ownSession } from './own-session'
import { passiveReadOnly } from './passive-read-only'
import { primaryKeys } from './primary-keys'
import { replicaUpdatesLogged } from './replica-updates-logged'
import { rowFormat } from './row-format'
import { rowImageFull } from './row-image-full'
import { sameCharacterSet } from './same-character-set'
import { sameIsolation } from './same-isolation'
import { sameLowerCase } from './same-lower-case'
import { sameSqlMode } from './same-sql-mode'
import { sameTimeZone } from './same-time-zone'
import { sealExists } from './seal-exists'
import { serverIds } from './server-ids'
import { silentLineNoticed } from './silent-line-noticed'
import { throughTheBridge } from './through-the-bridge'
import { transactionalEngines } from './transactional-engines'
import { upLongEnough } from './up-long-enough'
import { versionsFit } from './versions-fit'

/** All checks, in the order in which they are shown. Adding one is a file and a line here. */
export const checks: readonly Check[] = [
  differentServers,
  serverIds,
  versionsFit,
  managedService,
  noCluster,
  ownRights,
  connectionsToSpare,
  clocksAgree,
  upLongEnough,
  sealExists,
  bypassingAccounts,
  ownSession,
  activeIsNoReplica,
  followsDirectly,
  oneOperator,
  noDelay,
  linksRun,
  lagBelowLimit,
  noReplicationFilters,
  noBinlogFilters,
  noSkippedErrors,
  silentLineNoticed,
  binaryLogOn,
  replicaUpdatesLogged,
  rowFormat,
  rowImageFull,
  logsKept,
  logsStillThere,
  noErrantTransactions,
  gtidOn,
  durableCommits,
  memoryTables,
  noLongTransactions,
  noPreparedXa,
  noForeignLocks,
  noSchemaChange,
  noLongStatements,
  definersExist,
  eventsDisabled,
  transactionalEngines,
  primaryKeys,
  autoIncrementApart,
  accountsLetIn,
  sameLowerCase,
  sameSqlMode,
  sameTimeZone,
  sameCharacterSet,
  collationsKnown,
  limitsLargeEnough,
  sameIsolation,
  passiveReadOnly,
  throughTheBridge,
  dnsTtlShort,
  dnsAsExpected
]
