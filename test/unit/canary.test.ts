import { describe, expect, it } from 'vitest'
import { makeAcknowledgements } from '../../src/main/canary/acknowledgements'
import { type CanaryOrder, makeHostPath } from '../../src/main/canary/host-path'
import { closeLedger } from '../../src/main/canary/ledger'
import type { Session } from '../../src/main/mysql/session'
import type { Address } from '../../src/main/redirect/database-address'
import { fail } from '../../src/shared/failure'

describe('acknowledgements', () => {
  it('give the longest silence, also one that has not ended', () => {
    const acks = makeAcknowledgements()
    expect(acks.longestGapMs(5000, true)).toBeNull()
    for (const at of [1000, 1050, 1700, 1750]) acks.add(at, 5)
    expect(acks.longestGapMs(1760, false)).toBe(650)
    expect(acks.longestGapMs(3000, true)).toBe(1250)
    expect([acks.gapWithin(1200, 1300), acks.gapWithin(1710, 1740), acks.gapWithin(5000, 6000)]).toEqual([
      650,
      50,
      null
    ])
  })
  it('stand in slots of 100 ms for the last 20 s, the waiting ones in the last', () => {
    const acks = makeAcknowledgements()
    acks.add(100_010, 7)
    acks.add(100_020, 9)
    const slots = acks.slots(100_450, 100_150)
    expect(slots).toHaveLength(200)
    expect(slots.find((slot) => slot.at === 100_000)).toEqual({ at: 100_000, acknowledged: 2, worstMs: 9 })
    expect(slots.at(-1)).toEqual({ at: 100_400, acknowledged: 0, worstMs: 300 })
  })
})

describe('the ledger', () => {
  it('is closed with what is missing and what is doubled', () => {
    const ledger = closeLedger(
      [
        {
          host: 'web1',
          sent: 4,
          acknowledged: new Set([1, 2, 3]),
          onOld: [1, 2, 3, 4],
          onNew: [1, 2, 2],
          longestGapMs: 12
        }
      ],
      12
    )
    expect(ledger.total).toEqual({
      sent: 4,
      acknowledged: 3,
      foundOld: 4,
      foundNew: 2,
      missing: 1,
      doubled: 1,
      longestGapMs: 12
    })
  })
})

describe('the path of one host', () => {
  const order = (n: number): CanaryOrder => ({ id: `id-${n}`, host: 'web1', n, queuedAt: 0 })
  const session = (name: string): Session => ({
    name,
    server: 'web1',
    connectionId: 1,
    open: true,
    query: async () => [],
    table: async () => ({ columns: [], rows: [] }),
    packet: async () => [],
    onClose: () => {},
    close: async () => {},
    destroy: () => {}
  })
  it('follows the address when writes are refused, and sends the same order again until it is acknowledged', async () => {
    let now: Address = { host: 'old', port: 1 }
    const tried: string[] = []
    const opened: Address[] = []
    const done = new Promise<CanaryOrder>((resolve) => {
      const path = makeHostPath('web1', {
        width: 1,
        now: () => 0,
        open: async (address) => {
          opened.push(address)
          return session(address.host)
        },
        whereNow: async () => now,
        whereElse: () => null,
        send: async (to, sent) => {
          tried.push(`${to.name} ${sent.id}`)
          if (to.name === 'new') return
          if (tried.length === 2) now = { host: 'new', port: 2 }
          throw fail('refused', 'read-only', { code: 1290 })
        },
        onAcknowledged: (acknowledged) => {
          expect(path.waiting()).toEqual([])
          void path.close().then(() => resolve(acknowledged))
        }
      })
      path.add(order(1))
    })
    expect((await done).id).toBe('id-1')
    expect(tried).toEqual(['old id-1', 'old id-1', 'new id-1'])
    expect(opened.map((address) => address.host)).toEqual(['old', 'new'])
  })
  it('has a session at the other address before it is needed', async () => {
    const opened: string[] = []
    const sent: string[] = []
    const path = makeHostPath('web1', {
      width: 1,
      now: () => 0,
      open: async (address, name) => {
        opened.push(`${address.host} ${name}`)
        return session(address.host)
      },
      whereNow: async () => ({ host: 'old', port: 1 }),
      whereElse: () => ({ host: 'new', port: 2 }),
      send: async (to) => {
        sent.push(to.name)
      },
      onAcknowledged: () => {}
    })
    path.add(order(1))
    await expect.poll(() => opened).toEqual(['old canary-web1-0', 'new canary-web1-0-spare'])
    path.follow({ host: 'new', port: 2 })
    path.add(order(2))
    await expect.poll(() => sent).toEqual(['old', 'new'])
    await path.close()
    expect(opened).toHaveLength(2)
  })
  it('goes where it was told at once, though the file was being read when it still named the other address', async () => {
    const sent: string[] = []
    let answer: (stale: Address) => void = () => {}
    const looks: Promise<Address>[] = [
      Promise.resolve({ host: 'old', port: 1 }),
      new Promise((resolve) => {
        answer = resolve
      })
    ]
    let looked = 0
    const path = makeHostPath('web1', {
      width: 1,
      now: () => 0,
      open: async (address) => session(address.host),
      whereNow: () => looks[looked++] ?? Promise.reject(fail('refused', 'nobody should look again')),
      whereElse: () => null,
      send: async (to) => {
        sent.push(to.name)
        if (to.name === 'old') throw fail('refused', 'read-only', { code: 1290 })
      },
      onAcknowledged: () => {}
    })
    path.add(order(1))
    await expect.poll(() => looked).toBe(2)
    path.follow({ host: 'new', port: 2 })
    await expect.poll(() => sent).toEqual(['old', 'new'])
    answer({ host: 'old', port: 1 })
    path.add(order(2))
    await expect.poll(() => sent).toEqual(['old', 'new', 'new'])
    await path.close()
  })
  it('waits no longer for the address its application has left', async () => {
    const sent: string[] = []
    const acknowledged: number[] = []
    const path = makeHostPath('web1', {
      width: 1,
      now: () => 0,
      open: async (address) => session(address.host),
      whereNow: async () => ({ host: 'old', port: 1 }),
      whereElse: () => null,
      send: (to) => {
        sent.push(to.name)
        return to.name === 'old' ? new Promise(() => {}) : Promise.resolve()
      },
      onAcknowledged: (order) => acknowledged.push(order.n)
    })
    path.add(order(1))
    await expect.poll(() => sent).toEqual(['old'])
    path.follow({ host: 'old', port: 1 })
    path.follow({ host: 'new', port: 2 })
    await expect.poll(() => acknowledged).toEqual([1])
    expect(sent).toEqual(['old', 'new'])
    await path.close()
  })
  it('keeps what is not acknowledged when it is closed', async () => {
    const path = makeHostPath('web1', {
      width: 1,
      now: () => 0,
      open: async () => Promise.reject(fail('unreachable', 'nobody there')),
      whereNow: async () => ({ host: 'old', port: 1 }),
      whereElse: () => null,
      send: async () => {},
      onAcknowledged: () => {}
    })
    path.add(order(1))
    path.add(order(2))
    await expect.poll(() => path.failure).toBe('nobody there')
    await path.close()
    expect(path.waiting().map((waiting) => waiting.n)).toEqual([1, 2])
  })
})
