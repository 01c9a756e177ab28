import { describe, expect, it } from 'vitest'
import { columnsIn, tableError, tablesIn } from '../../src/renderer/stations/drift/wish-lines'
import { driftWishSchema } from '../../src/shared/drift-wish'

describe('what is typed for a comparison', () => {
  it('names tables by line or comma, and says which one is none', () => {
    expect(tablesIn(' shop.orders,\nshop.pay*\n\n')).toEqual(['shop.orders', 'shop.pay*'])
    expect(tableError(['shop.orders', 'shop.*', 'shop.a.b'])).toBeUndefined()
    expect(tableError(['shop.orders', 'orders'])).toBe('“orders” is no table: write schema.table, or schema.*')
    expect(tableError(['.orders'])).toContain('“.orders”')
  })
  it('takes columns only with a reason, which may hold a colon', () => {
    expect(columnsIn('shop.customers.last_seen: each site: its own\n')).toEqual({
      columns: { 'shop.customers.last_seen': 'each site: its own' }
    })
    expect(columnsIn('shop.customers.last_seen')).toEqual({
      error: '“shop.customers.last_seen” lacks something: write schema.table.column: reason'
    })
    expect(columnsIn('shop.customers: why')).toHaveProperty('error')
  })
  it('is refused by the door when it is not what the window sends', () => {
    expect(driftWishSchema.safeParse({ certify: true, pace: 'gentle', only: ['shop.orders'] }).success).toBe(true)
    expect(driftWishSchema.safeParse({ certify: 'always' }).success).toBe(false)
    expect(driftWishSchema.safeParse({ sql: 'DROP' }).success).toBe(false)
  })
})
