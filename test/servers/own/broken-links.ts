import type { Connection, RowDataPacket } from 'mysql2/promise'
import { freePort } from './free-port'
import { type LinkGround, run } from './link-ground'

/** What is done to a link that runs, and the code it stops with. */
export interface Breakage {
  what: string
  /** What its explanation holds. */
  says: string
  /** Any of these: families and releases number some of them differently. */
  codes: number[]
  only?: 'mysql' | 'mariadb'
  break(ground: LinkGround): Promise<void>
}

const domainOf = async (server: Connection): Promise<string> => {
  const [rows] = await server.query<RowDataPacket[]>('SELECT @@global.gtid_domain_id AS domain')
  return String(rows[0]?.domain)
}

const table = 'CREATE TABLE broken.t (id INT PRIMARY KEY, name VARCHAR(20)) ENGINE = InnoDB'

/** Each with a schema of its own name, so that none stands in the way of another. */
export const breakages: Breakage[] = [
  {
    what: 'a row is there already',
    says: 'is already on new-db',
    codes: [1062],
    break: async ({ onSource, onReplica }) => {
      await onReplica('CREATE DATABASE broken', table, "INSERT INTO broken.t VALUES (1, 'own')")
      await onSource(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE broken',
        table,
        'SET SESSION sql_log_bin = 1',
        "INSERT INTO broken.t VALUES (1, 'new')"
      )
    }
  },
  {
    what: 'a row is missing',
    says: 'that new-db does not have',
    codes: [1032],
    break: async ({ onSource, onReplica }) => {
      await onReplica('CREATE DATABASE broken', table)
      await onSource(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE broken',
        table,
        "INSERT INTO broken.t VALUES (1, 'there')",
        'SET SESSION sql_log_bin = 1',
        'DELETE FROM broken.t'
      )
    }
  },
  {
    what: 'a table is missing',
    says: 'does not have the table or schema',
    codes: [1146],
    break: async ({ onSource, onReplica }) => {
      await onReplica('CREATE DATABASE broken')
      await onSource(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE broken',
        table,
        'SET SESSION sql_log_bin = 1',
        "INSERT INTO broken.t VALUES (1, 'new')"
      )
    }
  },
  {
    what: 'a table is there already',
    says: 'the object already is, or is already gone',
    codes: [1050],
    // MariaDB replaces and drops as if it were said with OR REPLACE and IF EXISTS (slave_ddl_exec_mode).
    only: 'mysql',
    break: async ({ onSource, onReplica }) => {
      await onReplica('CREATE DATABASE broken', table)
      await onSource('SET SESSION sql_log_bin = 0', 'CREATE DATABASE broken', 'SET SESSION sql_log_bin = 1', table)
    }
  },
  {
    what: 'a schema is missing',
    says: 'the object already is, or is already gone',
    codes: [1008, 1049],
    // MariaDB replaces and drops as if it were said with OR REPLACE and IF EXISTS (slave_ddl_exec_mode).
    only: 'mysql',
    break: ({ onSource }) =>
      onSource(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE broken',
        'SET SESSION sql_log_bin = 1',
        'DROP DATABASE broken'
      )
  },
  {
    what: 'a column is missing',
    says: 'has other columns or keys on new-db',
    codes: [1091],
    break: async ({ onSource, onReplica }) => {
      await onReplica('CREATE DATABASE broken', 'CREATE TABLE broken.t (id INT PRIMARY KEY)')
      await onSource(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE broken',
        table,
        'SET SESSION sql_log_bin = 1',
        'ALTER TABLE broken.t DROP COLUMN name'
      )
    }
  },
  {
    what: 'a column has another type',
    says: 'has another type on new-db',
    codes: [1677, 13146],
    break: async ({ onSource, onReplica }) => {
      await onReplica('CREATE DATABASE broken', 'CREATE TABLE broken.t (id INT PRIMARY KEY, name DATETIME)')
      await onSource(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE broken',
        table,
        'SET SESSION sql_log_bin = 1',
        "INSERT INTO broken.t VALUES (1, 'new')"
      )
    }
  },
  {
    what: 'an account is there already',
    says: 'on new-db the account already is',
    codes: [1396],
    break: async ({ onSource, onReplica }) => {
      await onReplica("CREATE USER 'broken'@'%'")
      await onSource("CREATE USER 'broken'@'%'")
    }
  },
  {
    what: 'nobody listens at the port',
    says: 'new-db does not reach old-db',
    codes: [2003, 2002],
    break: async ({ change }) => {
      const port = await freePort()
      await change({ modern: `SOURCE_PORT = ${port}`, older: `MASTER_PORT = ${port}` })
    }
  },
  {
    what: 'the password is wrong',
    says: 'refuses the replication account',
    codes: [1045],
    break: ({ change }) => change({ modern: "SOURCE_PASSWORD = 'other'", older: "MASTER_PASSWORD = 'other'" })
  },
  {
    what: 'the account may not replicate',
    says: 'REPLICATION SLAVE',
    codes: [1236, 13114, 13120, 1597, 1045, 1142, 1227],
    break: ({ change }) =>
      change({
        modern: "SOURCE_USER = 'no_right', SOURCE_PASSWORD = 'repl-pw-1'",
        older: "MASTER_USER = 'no_right', MASTER_PASSWORD = 'repl-pw-1'"
      })
  },
  {
    what: 'the log is gone',
    says: 'does not have the logs any more',
    codes: [1236, 13114],
    break: ({ change }) =>
      change({
        modern: "SOURCE_AUTO_POSITION = 0, SOURCE_LOG_FILE = 'gone.000099', SOURCE_LOG_POS = 4",
        older: "MASTER_USE_GTID = no, MASTER_LOG_FILE = 'gone.000099', MASTER_LOG_POS = 4"
      })
  },
  {
    what: 'both have one server id',
    says: 'have the same server id or uuid',
    codes: [1593, 13117],
    break: async ({ replica, say }) =>
      run(replica, [...say.stopLink(''), 'SET GLOBAL server_id = 1', ...say.startLink('')])
  },
  {
    what: 'neither TLS nor the public key for caching_sha2_password',
    says: 'wants TLS or the server’s public key',
    codes: [2061],
    only: 'mysql',
    break: async ({ change, onSource }) => {
      await onSource('FLUSH PRIVILEGES')
      await change({ modern: 'GET_SOURCE_PUBLIC_KEY = 0, SOURCE_SSL = 0', older: '' })
    }
  },
  {
    what: 'the replica holds what the source never had',
    says: 'that old-db does not have in its log',
    codes: [1236],
    only: 'mariadb',
    break: async ({ source, replica, say }) => {
      const position = `${await domainOf(source)}-9-5`
      await run(replica, [...say.stopLink(''), `SET GLOBAL gtid_slave_pos = '${position}'`, ...say.startLink('')])
    }
  },
  {
    what: 'somebody wrote on the replica in the same domain',
    says: 'gtid_strict_mode refuses that',
    codes: [1950],
    only: 'mariadb',
    break: async ({ source, replica, say, onSource }) => {
      const own = await domainOf(replica)
      await run(replica, [
        ...say.stopLink(''),
        'SET GLOBAL gtid_strict_mode = 1',
        `SET SESSION gtid_domain_id = ${await domainOf(source)}`,
        'SET SESSION gtid_seq_no = 900000',
        'CREATE DATABASE own',
        `SET SESSION gtid_domain_id = ${own}`,
        ...say.startLink('')
      ])
      await onSource('CREATE DATABASE broken')
    }
  }
]
