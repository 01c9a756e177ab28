import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from 'mysql2/promise'
import type { OwnDatabase } from './database'

/** Customers of a small shop: they insert orders, change old ones, delete carts and fight over stock rows. */
export interface Writers {
  statements(): number
  stop(): Promise<void>
}

/** The shop's tables on the active server; they reach the passive one by replication. */
export const makeShop = async (database: OwnDatabase, orders: number): Promise<void> => {
  await database.asRoot(
    'CREATE DATABASE shop DEFAULT CHARACTER SET utf8mb4',
    'CREATE TABLE shop.orders (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, status VARCHAR(20) NOT NULL, total DECIMAL(10,2) NOT NULL, note VARCHAR(100), changed_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))',
    'CREATE TABLE shop.order_items (order_id BIGINT UNSIGNED NOT NULL, line_no SMALLINT NOT NULL, quantity INT NOT NULL, PRIMARY KEY (order_id, line_no))',
    'CREATE TABLE shop.stock (sku VARCHAR(20) NOT NULL PRIMARY KEY, quantity INT NOT NULL)',
    'CREATE TABLE shop.carts (id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY, content TEXT)',
    'CREATE TABLE shop.digits (n INT NOT NULL PRIMARY KEY)',
    `INSERT INTO shop.digits VALUES ${Array.from({ length: 1000 }, (_, index) => `(${index})`).join(',')}`,
    `INSERT INTO shop.orders (id, status, total, note) SELECT a.n * 1000 + b.n + 1, 'done', (a.n + b.n) / 7, IF(b.n % 3, CONCAT('note ', b.n), NULL) FROM shop.digits a, shop.digits b WHERE a.n < ${Math.ceil(orders / 1000)}`,
    `INSERT INTO shop.order_items SELECT a.n * 1000 + b.n + 1, l.n, 1 + b.n % 5 FROM shop.digits a, shop.digits b, shop.digits l WHERE a.n < ${Math.ceil(orders / 1000)} AND l.n < 2`,
    "INSERT INTO shop.stock SELECT CONCAT('SKU-', n), 1000 FROM shop.digits WHERE n < 30",
    "INSERT INTO shop.carts SELECT UUID(), REPEAT('x', n) FROM shop.digits"
  )
}

/** Starts `count` customers that write as fast as the pause between their statements lets them. */
export const startWriters = async (database: OwnDatabase, count: number, pauseMs: number): Promise<Writers> => {
  let stopped = false
  let statements = 0
  const one = async (session: Connection, seed: number): Promise<void> => {
    let n = seed * 7919
    await session.query('USE shop')
    while (!stopped) {
      n = (n * 48271) % 2147483647
      const run = async (sql: string): Promise<void> => {
        await session.query(sql)
        statements += 1
      }
      await session.query('BEGIN')
      await run(`INSERT INTO orders (status, total, note) VALUES ('new', ${n % 1000}, 'live')`)
      await run(`INSERT INTO order_items SELECT LAST_INSERT_ID(), n, 1 FROM digits WHERE n < ${1 + (n % 3)}`)
      await run(`UPDATE stock SET quantity = quantity - 1 WHERE sku = 'SKU-${n % 30}'`)
      await session.query('COMMIT')
      await run(`UPDATE orders SET status = 'paid', total = total + 1 WHERE id = ${1 + (n % 5000)}`)
      await run(`REPLACE INTO carts VALUES ('00000000-0000-0000-0000-0000000000${10 + (n % 90)}', 'cart ${n}')`)
      if (n % 5 === 0) await run(`DELETE FROM carts WHERE id = '00000000-0000-0000-0000-0000000000${10 + (n % 90)}'`)
      await sleep(pauseMs)
    }
    await session.end()
  }
  const sessions = await Promise.all(Array.from({ length: count }, () => database.root()))
  const done = sessions.map((session, index) => one(session, index + 1))
  return {
    statements: () => statements,
    stop: async () => {
      stopped = true
      await Promise.all(done)
    }
  }
}
