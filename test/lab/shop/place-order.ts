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

/** Places an order in one transaction; the same `order_ref` twice is one order. Returns after the COMMIT only. */
export async function placeOrder(connection: PoolConnection, order: OrderRequest): Promise<PlacedOrder> {
  const items = [...order.items].sort((a, b) => a.product - b.product) // one order of locks for all, so no deadlocks
  await connection.query('START TRANSACTION')
  const [priced] = await connection.query<RowDataPacket[]>('SELECT id, price FROM products WHERE id IN (?)', [
    items.map((item) => item.product)
  ])
  const prices = new Map(priced.map((row) => [Number(row.id), Number(row.price)]))
  const cents = items.reduce((sum, item) => sum + Math.round((prices.get(item.product) ?? 0) * 100) * item.quantity, 0)
  const total = (cents / 100).toFixed(2)
  let id: string
  try {
    const [head] = await connection.query<ResultSetHeader>(
      "INSERT INTO orders (order_ref, customer_id, status, total, note, placed_at) VALUES (?, ?, 'new', ?, ?, NOW(3))",
      [order.order_ref, order.customer, total, order.note]
    )
    id = String(head.insertId)
  } catch (error) {
    if ((error as { errno?: number }).errno !== duplicateKey) throw error
    await connection.query('ROLLBACK')
    // the other attempt is committed, or this one would have waited for it
    const [rows] = await connection.query<RowDataPacket[]>('SELECT id, total FROM orders WHERE order_ref = ?', [
      order.order_ref
    ])
    if (!rows[0]) throw error
    return { id: String(rows[0].id), total: String(rows[0].total), repeated: true }
  }
  const lines = items.map((item, index) => [
    id,
    index + 1,
    item.product,
    item.quantity,
    (prices.get(item.product) ?? 0).toFixed(2)
  ])
  await connection.query('INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price) VALUES ?', [
    lines
  ])
  const answer = JSON.stringify({ provider: 'paytest', ok: true })
  await connection.query(
    'INSERT INTO payments (order_id, method, amount, paid_at, provider_answer) VALUES (?, ?, ?, NOW(6), ?)',
    [id, order.method, total, answer]
  )
  for (const item of items) {
    await connection.query("UPDATE stock SET quantity = quantity - ? WHERE product_id = ? AND warehouse = 'LON'", [
      item.quantity,
      item.product
    ])
  }
  await connection.query('COMMIT')
  return { id, total, repeated: false }
}
