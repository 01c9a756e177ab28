import { once } from 'node:events'
import { connect } from 'node:net'
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { expect } from 'vitest'
import { sendUpdate } from '../../src/main/dns/rfc2136'
import type { Reach } from '../../src/main/reach/reach'
import type { Finding } from '../../src/shared/finding'
import { type Move, moveSchema } from '../../src/shared/move'
import { until } from '../lab/processes'
import type { FlavourName } from '../lab/software'
import { freePort } from './own/free-port'
import { startNameServer } from './preflight-dns'
import { expectEachOnce, type Pair, preflightOf, sayAll, told } from './preflight-pair'
import { portReach } from './preflight-reach'

/** One thing that is really wrong with servers that are not linked yet, found and then mended. */
export interface Break {
  title: string
  flavours: FlavourName[]
  begin(pair: Pair): Promise<Broken>
}

export interface Broken {
  /** Beginnings of what is told while it is broken. */
  told: string[]
  reach?: Reach
  move?: Move
  /** Puts it right, as the finding says where it says how. */
  mend(findings: Finding[]): Promise<void>
  /** Of these checks nothing but ok is told then. */
  mended: string[]
  end(): Promise<void>
}

/** Runs the statements of all remedies of a check, as a person would who follows its advice. */
const followed = async (connection: Connection, findings: Finding[], check: string, server: string): Promise<void> => {
  const finding = findings.find((one) => one.check === check && one.server === server)
  for (const { statements } of finding?.remedies ?? []) await sayAll(connection, statements)
}

const both: FlavourName[] = ['m1011', 'my97']

const accountsKeptOut: Break = {
  title: 'an account that is let in from one place only',
  flavours: both,
  begin: async ({ old, root, move }) => {
    const web = { id: 'new-web', name: 'new-web', kind: 'web', addresses: ['127.0.0.3'] }
    await sayAll(root.old, ["CREATE USER 'web'@'127.0.0.2' IDENTIFIED BY 'web-pw-1'"])
    const stream = connect({ port: old.port, host: '127.0.0.1', localAddress: '127.0.0.2' })
    await once(stream, 'connect')
    const shop = await createConnection({ stream, user: 'web', password: 'web-pw-1' })
    return {
      told: ['G21 new-db stop: web would not be let in from 127.0.0.1, 127.0.0.3'],
      move: moveSchema.parse({ ...move, new: { ...move.new, servers: [...move.new.servers, web] } }),
      mend: async (findings) => {
        await followed(root.old, findings, 'G21', 'new-db')
        for (const host of ['127.0.0.1', '127.0.0.3'])
          await root.old.query(`CREATE USER 'web'@'${host}' IDENTIFIED BY 'web-pw-1'`)
      },
      mended: ['G21'],
      end: async () => {
        shop.destroy()
        await sayAll(root.old, ["DROP USER 'web'@'127.0.0.1', 'web'@'127.0.0.2', 'web'@'127.0.0.3'"])
      }
    }
  }
}

const connectionsUsedUp: Break = {
  title: 'a server that is nearly full of connections',
  flavours: both,
  begin: async (pair) => {
    const connected = async () => {
      const [rows] = await pair.root.new.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Threads_connected'")
      return Number(rows[0]?.Value)
    }
    // The capabilities keep a session open; the preflight's own makes nine.
    await pair.reach.capabilities('new-db')
    await pair.root.new.query('SET GLOBAL max_connections = 10')
    const idle: Connection[] = []
    await until(
      async () => {
        const now = await connected()
        if (now < 8) idle.push(await pair.new.root())
        return now === 8
      },
      60_000,
      'the connections do not come up'
    )
    return {
      told: ['A13 new-db warn: 9 of 10 connections are in use', 'H05 new-db warn: max_connections 10, was 200'],
      mend: (findings) => followed(pair.root.new, findings, 'A13', 'new-db'),
      mended: ['A13'],
      end: async () => {
        for (const connection of idle) connection.destroy()
        await pair.root.new.query('SET GLOBAL max_connections = 200')
      }
    }
  }
}

const transactionsBegun: Break = {
  title: 'sessions that begin inside a transaction',
  flavours: both,
  begin: async (pair) => {
    const right = pair.old.flavour === 'my97' ? 'CONNECTION_ADMIN' : 'CONNECTION ADMIN'
    await sayAll(pair.root.old, [
      "CREATE USER 'mover'@'%' IDENTIFIED BY 'mover-pw-1'",
      "GRANT ALL ON *.* TO 'mover'@'%' WITH GRANT OPTION",
      `REVOKE SUPER, ${right} ON *.* FROM 'mover'@'%'`,
      "SET GLOBAL init_connect = 'START TRANSACTION WITH CONSISTENT SNAPSHOT'"
    ])
    const reach = portReach(pair.move, {
      ...pair.ports,
      'old-db': { port: pair.old.port, user: 'mover', password: 'mover-pw-1' }
    })
    return {
      told: [
        `A10 old-db stop: admin lacks ${pair.old.flavour === 'my97' ? right : `SUPER, ${right}`}`,
        'B09 old-db stop: Siteswap’s session is inside a transaction'
      ],
      reach,
      mend: async (findings) => {
        await followed(pair.root.old, findings, 'A10', 'old-db')
        await pair.root.old.query("SET GLOBAL init_connect = ''")
      },
      mended: ['A10', 'B09'],
      end: async () => {
        await reach.close()
        await pair.root.old.query("DROP USER 'mover'@'%'")
      }
    }
  }
}

const noGlobalIds: Break = {
  title: 'a server without global transaction ids',
  flavours: ['my97'],
  begin: async ({ root }) => {
    await sayAll(root.old, [
      ...['ON_PERMISSIVE', 'OFF_PERMISSIVE', 'OFF'].map((mode) => `SET GLOBAL gtid_mode = ${mode}`),
      'SET GLOBAL enforce_gtid_consistency = OFF'
    ])
    return {
      told: ['E12 old-db stop: gtid_mode is OFF'],
      mend: (findings) => followed(root.old, findings, 'E12', 'old-db'),
      mended: ['E12'],
      end: async () => undefined
    }
  }
}

const namesElsewhere: Break = {
  title: 'a name that leads elsewhere, for two hours',
  flavours: ['m1011'],
  begin: async ({ move }) => {
    const zone = 'shop.test'
    const server = await startNameServer(zone, '192.0.2.9', 7200)
    const authoritative = [{ host: '127.0.0.1', port: server.port }]
    const domain = { name: zone, oldValues: ['10.0.0.1'], newValues: ['10.0.1.1'], ttlSeconds: 60, authoritative }
    return {
      told: [
        'K04 pair warn: shop.test is kept for 2 h',
        `K06 pair warn: 127.0.0.1:${server.port} answers 192.0.2.9 for shop.test`
      ],
      move: moveSchema.parse({ ...move, domains: [domain] }),
      mend: () => {
        const record = { zone, name: zone, type: 'A' as const, from: ['192.0.2.9'], to: ['10.0.0.1'] }
        return sendUpdate({ host: '127.0.0.1', port: server.port }, { ...record, ttlSeconds: 60 }, null)
      },
      mended: ['K04', 'K06'],
      end: () => server.stop()
    }
  }
}

const groupMember: Break = {
  title: 'a server that is a member of a replication group',
  flavours: ['my97'],
  begin: async ({ root }) => {
    const port = await freePort()
    await sayAll(root.new, [
      "INSTALL PLUGIN group_replication SONAME 'group_replication.so'",
      "SET GLOBAL group_replication_group_name = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'",
      `SET GLOBAL group_replication_local_address = '127.0.0.1:${port}'`,
      'SET GLOBAL group_replication_bootstrap_group = ON',
      'START GROUP_REPLICATION'
    ])
    return {
      told: ['A09 new-db stop: The server is one of 1 in a replication group'],
      mend: () => root.new.query('STOP GROUP_REPLICATION').then(() => undefined),
      mended: ['A09'],
      // A server that has left its group is closed.
      end: () => sayAll(root.new, ['SET GLOBAL read_only = 0', 'UNINSTALL PLUGIN group_replication'])
    }
  }
}

export const breaks: Break[] = [
  accountsKeptOut,
  connectionsUsedUp,
  transactionsBegun,
  noGlobalIds,
  namesElsewhere,
  groupMember
]

/** It is found, and when it is mended nothing but ok is told of it. */
export const proveBreak = async (pair: Pair, one: Break): Promise<void> => {
  const broken = await one.begin(pair)
  const asked = { reach: broken.reach ?? pair.reach, move: broken.move ?? pair.move }
  try {
    const findings = await preflightOf(asked)
    expectEachOnce(told(findings), broken.told)
    await broken.mend(findings)
    const after = (await preflightOf(asked)).filter(({ check }) => broken.mended.includes(check))
    expect(told(after)).toEqual([])
    expect(new Set(after.map(({ check }) => check))).toEqual(new Set(broken.mended))
  } finally {
    await broken.end()
  }
}
