import type { PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import { z } from 'zod'

export const orderRequest = z.object({
  order_ref: z.string().min(1).max(36),
  customer: z.number().int().positive(),
  method: z.enum(['card', 'transfer', 'invoice']).default('card'),
  note: z.string().max(190).nullable().default(null),
  items: z
    .array(z.object({ product: z.number().int().positive(), quantity: z.number().int().min(1).max(100) }))
    .min(1)
    .max(50)
})
export type OrderRequest = z.infer<typeof orderRequest>
export interface PlacedOrder {
  id: string
  total: string
  repeated: boolean
}

const duplicateKey = 1062
const paid = JSON.stringify({ provider: 'paytest', ok: true })

/** Reads every product's price in cents. */
export async function readPrices(connection: PoolConnection): Promise<Map<number, number>> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT id, price FROM products')
  return new Map(rows.map((row) => [Number(row.id), Math.round(Number(row.price) * 100)]))
}

/**
 * Places an order in one transaction; the same `order_ref` twice is one order. Returns after the COMMIT only.
 * Statements that need no answer between go together, because the database may be on the other site.
 */
export async function placeOrder(
  connection: PoolConnection,
  prices: Map<number, number>,
  order: OrderRequest
): Promise<PlacedOrder> {
  const items = [...order.items].sort((a, b) => a.product - b.product) // one order of locks for all, so no deadlocks
  const priced = items.map((item) => ({ ...item, cents: prices.get(item.product) ?? 0 }))
  const total = (priced.reduce((sum, item) => sum + item.cents * item.quantity, 0) / 100).toFixed(2)
  let id: string
  try {
    const [answers] = await connection.query<[ResultSetHeader, ResultSetHeader]>(
      `START TRANSACTION;
       INSERT INTO orders (order_ref, customer_id, status, total, note, placed_at) VALUES (?, ?, 'new', ?, ?, NOW(3))`,
      [order.order_ref, order.customer, total, order.note]
    )
    id = String(answers[1].insertId)
  } catch (error) {
    if ((error as { errno?: number }).errno !== duplicateKey) throw error
    await connection.query('ROLLBACK')
    // the other attempt is committed, or this one would have waited for it
    const found = 'SELECT id, total FROM orders WHERE order_ref = ?'
    const [rows] = await connection.query<RowDataPacket[]>(found, [order.order_ref])
    if (!rows[0]) throw error
    return { id: String(rows[0].id), total: String(rows[0].total), repeated: true }
  }
  const lines = priced.map((item, at) => [id, at + 1, item.product, item.quantity, (item.cents / 100).toFixed(2)])
  const stock = "UPDATE stock SET quantity = quantity - ? WHERE product_id = ? AND warehouse = 'LON';"
  await connection.query(
    `INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price) VALUES ?;
     INSERT INTO payments (order_id, method, amount, paid_at, provider_answer) VALUES (?, ?, ?, NOW(6), ?);
     ${stock.repeat(items.length)}`,
    [lines, id, order.method, total, paid, ...items.flatMap((item) => [item.quantity, item.product])]
  )
  await connection.query('COMMIT')
  return { id, total, repeated: false }
}
