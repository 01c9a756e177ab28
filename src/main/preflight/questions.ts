import type { Capabilities } from '../mysql/capabilities'
import type { Row } from '../mysql/session'
import { statementsFor } from '../mysql/statements'
import { isOn, numberOf, splitAccount } from '../mysql/words'
import type { Account, Definer, HeldLock, OpenTransaction, Privilege, Process, StoredEvent, TableFact } from './facts'

interface Question<T> {
  statement: string
  read(rows: Row[]): T
}

interface Questions {
  ownSession: Question<{ connection: number; autocommit: boolean; account: string; activeRoles: string | null }>
  processes: Question<Process[]>
  transactions: Question<OpenTransaction[]>
  privileges: Question<Privilege[]>
  roles: Question<{ role: string; user: string; host: string }[]>
  accounts: Question<Account[]>
  events: Question<StoredEvent[]>
  tables: Question<TableFact[]>
  keyed: Question<Set<string>>
  definers: Question<Definer[]>
  heldLocks: Question<HeldLock[]> | null
  groupMembers: Question<number> | null
  timeZoneTables: Question<boolean>
}

const ownSchemas = "('mysql', 'sys', 'performance_schema', 'information_schema', 'siteswap')"
const rights = "('SUPER', 'READ ONLY ADMIN', 'CONNECTION ADMIN', 'SYSTEM VARIABLES ADMIN')"
const text = (row: Row, name: string): string => row[name] ?? ''

/** What is asked beyond the status statements; columns are named, because servers differ in the case they answer with. */
export const questionsFor = (capabilities: Capabilities | null): Questions => {
  const mariadb = capabilities?.flavour === 'mariadb'
  const processTable = capabilities ? statementsFor(capabilities).processTable : 'information_schema.PROCESSLIST'
  return {
    ownSession: {
      statement: `SELECT CONNECTION_ID() AS connection, @@session.autocommit AS autocommit, CURRENT_USER() AS account, ${capabilities?.roles ? 'CURRENT_ROLE()' : 'NULL'} AS roles`,
      read: ([row]) => ({
        connection: numberOf(row?.connection),
        autocommit: isOn(row?.autocommit),
        account: text(row ?? {}, 'account'),
        activeRoles: row?.roles == null || row.roles === 'NONE' ? null : row.roles
      })
    },
    processes: {
      statement: `SELECT ID AS id, USER AS user, HOST AS host, DB AS db, COMMAND AS command, TIME AS seconds, STATE AS state, LEFT(INFO, 200) AS info FROM ${processTable} ORDER BY TIME DESC LIMIT 5000`,
      read: (rows) =>
        rows.map((row) => ({
          id: numberOf(row.id),
          user: text(row, 'user'),
          host: text(row, 'host').replace(/:\d+$/, ''),
          db: text(row, 'db'),
          command: text(row, 'command'),
          seconds: numberOf(row.seconds),
          state: text(row, 'state'),
          info: text(row, 'info')
        }))
    },
    transactions: {
      statement:
        'SELECT trx_mysql_thread_id AS connection, TIMESTAMPDIFF(SECOND, trx_started, NOW()) AS seconds, trx_rows_modified AS modified FROM information_schema.INNODB_TRX ORDER BY trx_started LIMIT 1000',
      read: (rows) =>
        rows.map((row) => ({
          connection: numberOf(row.connection),
          seconds: numberOf(row.seconds),
          rowsModified: numberOf(row.modified)
        }))
    },
    privileges: {
      // Fails for an account that may not read the grants of others, instead of showing its own only.
      statement: `SELECT GRANTEE AS grantee, REPLACE(PRIVILEGE_TYPE, '_', ' ') AS privilege FROM information_schema.USER_PRIVILEGES WHERE REPLACE(PRIVILEGE_TYPE, '_', ' ') IN ${rights} AND EXISTS (SELECT 1 FROM mysql.user) ORDER BY GRANTEE`,
      read: (rows) =>
        rows.map((row) => ({ ...splitAccount(text(row, 'grantee')), right: text(row, 'privilege').toUpperCase() }))
    },
    roles: {
      statement: mariadb
        ? 'SELECT Role AS role, User AS user, Host AS host FROM mysql.roles_mapping'
        : 'SELECT FROM_USER AS role, TO_USER AS user, TO_HOST AS host FROM mysql.role_edges',
      read: (rows) => rows.map((row) => ({ role: text(row, 'role'), user: text(row, 'user'), host: text(row, 'host') }))
    },
    accounts: {
      statement: `SELECT User AS user, Host AS host, plugin AS plugin, ${mariadb ? "is_role = 'Y'" : '0'} AS is_role FROM mysql.user`,
      read: (rows) =>
        rows.map((row) => ({
          user: text(row, 'user'),
          host: text(row, 'host'),
          plugin: text(row, 'plugin'),
          isRole: row.is_role === '1'
        }))
    },
    events: {
      statement:
        'SELECT EVENT_SCHEMA AS event_schema, EVENT_NAME AS event_name, DEFINER AS definer, STATUS AS status FROM information_schema.EVENTS ORDER BY 1, 2',
      read: (rows) =>
        rows.map((row) => ({
          schema: text(row, 'event_schema'),
          name: text(row, 'event_name'),
          definer: text(row, 'definer'),
          status: text(row, 'status')
        }))
    },
    tables: {
      statement: `SELECT TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, ENGINE AS engine, TABLE_ROWS AS table_rows FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ${ownSchemas}`,
      read: (rows) =>
        rows.map((row) => ({
          schema: text(row, 'table_schema'),
          table: text(row, 'table_name'),
          engine: text(row, 'engine'),
          rows: numberOf(row.table_rows)
        }))
    },
    keyed: {
      statement: `SELECT TABLE_SCHEMA AS table_schema, TABLE_NAME AS table_name, INDEX_NAME AS index_name FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND TABLE_SCHEMA NOT IN ${ownSchemas} GROUP BY 1, 2, 3 HAVING SUM(NULLABLE = 'YES') = 0`,
      read: (rows) => new Set(rows.map((row) => `${text(row, 'table_schema')}.${text(row, 'table_name')}`))
    },
    definers: {
      statement: [
        `SELECT 'view' AS kind, TABLE_SCHEMA AS in_schema, TABLE_NAME AS object, DEFINER AS definer FROM information_schema.VIEWS WHERE TABLE_SCHEMA NOT IN ${ownSchemas}`,
        `SELECT ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME, DEFINER FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA NOT IN ${ownSchemas}`,
        `SELECT 'trigger', TRIGGER_SCHEMA, TRIGGER_NAME, DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA NOT IN ${ownSchemas}`,
        `SELECT 'event', EVENT_SCHEMA, EVENT_NAME, DEFINER FROM information_schema.EVENTS WHERE EVENT_SCHEMA NOT IN ${ownSchemas}`
      ].join(' UNION ALL '),
      read: (rows) =>
        rows.map((row) => ({
          kind: text(row, 'kind').toLowerCase(),
          schema: text(row, 'in_schema'),
          name: text(row, 'object'),
          definer: text(row, 'definer')
        }))
    },
    heldLocks:
      capabilities?.performanceSchema && !mariadb && capabilities.persist
        ? {
            statement:
              "SELECT t.PROCESSLIST_ID AS connection, CONCAT_WS(' ', m.LOCK_TYPE, m.OBJECT_TYPE, CONCAT_WS('.', m.OBJECT_SCHEMA, m.OBJECT_NAME)) AS what FROM performance_schema.metadata_locks m JOIN performance_schema.threads t ON t.THREAD_ID = m.OWNER_THREAD_ID WHERE m.LOCK_STATUS = 'GRANTED' AND t.PROCESSLIST_ID <> CONNECTION_ID() AND ((m.OBJECT_TYPE IN ('GLOBAL', 'COMMIT', 'BACKUP LOCK') AND m.LOCK_TYPE = 'SHARED') OR (m.OBJECT_TYPE = 'TABLE' AND m.LOCK_TYPE IN ('SHARED_NO_READ_WRITE', 'SHARED_NO_WRITE', 'SHARED_READ_ONLY'))) LIMIT 100",
            read: (rows) => rows.map((row) => ({ connection: numberOf(row.connection), what: text(row, 'what') }))
          }
        : null,
    groupMembers:
      capabilities?.performanceSchema && !mariadb && capabilities.channels
        ? {
            statement:
              "SELECT MEMBER_HOST AS host, MEMBER_STATE AS state FROM performance_schema.replication_group_members WHERE MEMBER_STATE <> 'OFFLINE'",
            read: (rows) => rows.length
          }
        : null,
    timeZoneTables: {
      statement: "SELECT CONVERT_TZ('2026-01-01 00:00:00', 'UTC', 'Europe/Paris') AS converted",
      read: ([row]) => row?.converted != null
    }
  }
}
