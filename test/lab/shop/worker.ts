/** worker.ts SHOP.CONF: the order processor. Polls for new orders and marks them processed. SIGHUP reads the configuration again. */
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RowDataPacket } from 'mysql2/promise'
import { readShopConfig } from './shop-config'
import { ShopDatabase } from './shop-database'

const configPath = process.argv[2] ?? ''
const program = `shop-worker ${readShopConfig(configPath).serverName}`
const pollMs = 200
let database = new ShopDatabase(readShopConfig(configPath), program, 2)
let running = true

const say = (words: Record<string, unknown>): void =>
  console.log(JSON.stringify({ at: new Date().toISOString(), ...words }))

process.on('SIGHUP', () => {
  const old = database
  try {
    database = new ShopDatabase(readShopConfig(configPath), program, 2)
    say({ event: 'reloaded', host: database.config.dbHost, port: database.config.dbPort })
    void old.drain(15_000)
  } catch (error) {
    say({ event: 'reload refused', error: (error as Error).message })
  }
})
process.on('SIGTERM', () => {
  running = false
})

const pidPath = join(dirname(configPath), 'shop.pid')
writeFileSync(pidPath, `${process.pid}\n`)
say({ event: 'started' })
async function work(): Promise<void> {
  let lastError = ''
  while (running) {
    try {
      const done = await database.with(15_000, async (connection) => {
        const [rows] = await connection.query<RowDataPacket[]>(
          "SELECT id FROM orders WHERE status = 'new' ORDER BY id LIMIT 100"
        )
        if (rows.length === 0) return 0
        const ids = rows.map((row) => row.id as number)
        await connection.query(
          "UPDATE orders SET status = 'processed', processed_at = NOW(3) WHERE status = 'new' AND id IN (?)",
          [ids]
        )
        return ids.length
      })
      lastError = ''
      if (done === 100) continue
    } catch (error) {
      const { message } = error as Error
      if (message !== lastError) say({ event: 'cannot process', error: message })
      lastError = message
    }
    await sleep(pollMs)
  }
}

void work().finally(() => {
  rmSync(pidPath, { force: true })
  process.exit(0)
})
