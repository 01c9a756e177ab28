import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPool, type Pool, type PoolConnection, type RowDataPacket } from 'mysql2/promise'
import { type OrderRequest, type PlacedOrder, placeOrder, readPrices } from './place-order'
import type { ShopConfig } from './shop-config'

/** The shop's database as one configuration describes it; replaced as a whole when the configuration changes. */
export class ShopDatabase {
  readonly #pool: Pool
  #busy = 0
  #prices: { at: number; list: Map<number, number> } | null = null

  constructor(
    readonly config: ShopConfig,
    program: string,
    connections: number
  ) {
    this.#pool = createPool({
      user: config.dbUser,
      password: config.dbPassword,
      database: config.dbName,
      connectionLimit: connections,
      charset: 'utf8mb4',
      supportBigNumbers: true,
      multipleStatements: true,
      connectAttributes: { program_name: program },
      connectTimeout: 5000,
      // from the host's own address, as if it were a machine of its own
      stream: () =>
        connect({
          host: config.dbHost,
          port: config.dbPort,
          localAddress: config.listenHost,
          noDelay: true,
          keepAlive: true
        })
    })
  }

  /**
   * Runs `work` on a connection of its own. After any error the connection is thrown away: one that answered
   * "read-only" in the middle of a transaction would take a second COMMIT for a success.
   */
  async with<T>(deadlineMs: number, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    this.#busy++
    const connection = await this.#pool.getConnection().catch((error: unknown) => {
      this.#busy--
      throw error
    })
    const deadline = setTimeout(() => connection.destroy(), deadlineMs)
    try {
      const result = await work(connection)
      clearTimeout(deadline)
      connection.release()
      return result
    } catch (error) {
      connection.destroy()
      throw error
    } finally {
      clearTimeout(deadline)
      this.#busy--
    }
  }

  /** Places an order at prices at most a minute old. */
  async place(deadlineMs: number, order: OrderRequest): Promise<PlacedOrder> {
    return await this.with(deadlineMs, async (connection) => {
      if (!this.#prices || Date.now() - this.#prices.at > 60_000) {
        this.#prices = { at: Date.now(), list: await readPrices(connection) }
      }
      return await placeOrder(connection, this.#prices.list, order)
    })
  }

  /** Who answers: server identity and the address in use. */
  async who(): Promise<Record<string, string>> {
    return await this.with(3000, async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>(
        'SELECT @@server_id AS id, @@version AS version, @@read_only AS ro'
      )
      const row = rows[0]
      const { dbHost, dbPort } = this.config
      return {
        serverId: String(row?.id),
        version: String(row?.version),
        readOnly: String(row?.ro),
        host: dbHost,
        port: String(dbPort)
      }
    })
  }

  /** Lets running work end (for a while), then closes every connection. */
  async drain(graceMs: number): Promise<void> {
    const end = Date.now() + graceMs
    while (this.#busy > 0 && Date.now() < end) await sleep(20)
    await Promise.race([this.#pool.end(), sleep(3000)])
  }
}
