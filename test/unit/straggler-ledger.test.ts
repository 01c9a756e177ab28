import { describe, expect, it } from 'vitest'
import { makeStragglerLedger, stragglerWords } from '../../src/main/runbooks/cutover/straggler-ledger'
import { moveSchema } from '../../src/shared/move'

const move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'm',
  name: 'm',
  createdAt: 0,
  old: { name: 'Old', servers: [{ id: 'w', name: 'old-web1', kind: 'web', addresses: ['10.1.0.3'] }] },
  new: { name: 'New', servers: [] }
})
const row = (host: string) => ({ user: 'shop', host })
const total = (host: string, n: number) => ({ user: 'shop', host, total: String(n) })

describe('stragglers', () => {
  it('are named by host, account and count, with when they were last seen', () => {
    const ledger = makeStragglerLedger(move)
    ledger.look([row('10.1.0.3:5'), row('10.1.0.3:6'), row('10.1.0.9:7')], [], 1000)
    ledger.look([row('10.1.0.3:5')], [], 5000)
    expect(ledger.all().map((one) => stragglerWords(one, 5000))).toEqual([
      'old-web1: shop ×1, seen now',
      'shop@10.1.0.9, seen 4 s ago'
    ])
    expect([ledger.quietSince(), ledger.countsShort()]).toEqual([null, false])
  })
  it('are quiet from the first look that saw nobody', () => {
    const ledger = makeStragglerLedger(move)
    ledger.look([], [], 1000)
    ledger.look([], [], 2000)
    expect(ledger.quietSince()).toBe(1000)
    ledger.look([row('10.1.0.3:5')], [], 3000)
    expect(ledger.quietSince()).toBeNull()
  })
  it('that come and go between two looks are counted where the server counts them', () => {
    const ledger = makeStragglerLedger(move)
    ledger.look([], [total('10.1.0.3', 40)], 1000)
    expect([ledger.all(), ledger.quietSince()]).toEqual([[], 1000])
    ledger.look([], [total('10.1.0.3', 42), total('10.1.0.9', 1)], 2000)
    expect(ledger.quietSince()).toBeNull()
    expect(ledger.all().map((one) => stragglerWords(one, 8000))).toEqual([
      'old-web1: shop, 2 short connections, seen 6 s ago',
      'shop@10.1.0.9, 1 short connection, seen 6 s ago'
    ])
    expect(ledger.countsShort()).toBe(true)
  })
})
