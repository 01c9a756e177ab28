import { describe, expect, it } from 'vitest'
import { judgeNumbers, type NextNumber, type NextNumbers } from '../../src/main/drift/next-numbers'
import { type DriftState, driftVerdict } from '../../src/shared/drift'

const at = (next: number | bigint | null, highest: number | bigint | null): NextNumber => ({
  next: next === null ? null : BigInt(next),
  highest: highest === null ? null : BigInt(highest)
})
const orders = (old: NextNumber, fresh: NextNumber): NextNumbers => ({
  table: 'shop.orders',
  column: 'id',
  old,
  new: fresh
})
const one = { old: 1n, new: 1n }
const judge = (old: NextNumber, fresh: NextNumber, steps = one, caughtUp = true) =>
  judgeNumbers([orders(old, fresh)], steps, 'old', caughtUp)

describe('AUTO_INCREMENT', () => {
  it('bites where the passive side would give out a number that a row has', () => {
    const [difference] = judge(at(1000, 999), at(900, 999))
    expect(difference).toMatchObject({ kind: 'table', what: 'AUTO_INCREMENT', old: '1000', new: '900' })
    expect(difference?.expected).toBeUndefined()
    expect(difference?.meaning).toContain('AUTO_INCREMENT = 1000')
    const huge = 18_446_744_073_709_551_000n
    expect(judge(at(huge + 1n, huge), at(huge, huge))[0]?.meaning).toContain(`= ${huge + 1n}`)
  })

  it('is told, and expected, where numbers were given out that no row holds', () => {
    expect(judge(at(1000, 800), at(801, 800))).toMatchObject([
      { expected: true, meaning: expect.stringContaining('up to 999') }
    ])
  })

  it('is not told where nothing follows from it', () => {
    expect(judge(at(1000, 999), at(1000, 999))).toEqual([])
    expect(judge(at(1000, 999), at(1005, 999))).toEqual([])
    expect(judge(at(1, null), at(1, null))).toEqual([])
    expect(judge(at(null, 5), at(3, 5))).toEqual([])
    // Used up on both sides alike.
    expect(judge(at(127, 127), at(127, 127))).toEqual([])
  })

  it('stands apart by less than a step on co-masters', () => {
    const steps = { old: 2n, new: 2n }
    expect(judge(at(1001, 999), at(1000, 999), steps)).toEqual([])
    expect(judge(at(1003, 999), at(1000, 999), steps)).toHaveLength(1)
  })

  it('is no lag: a passive side that had not caught up is not judged by the other one', () => {
    expect(judge(at(1000, 999), at(900, 899), one, false)).toEqual([])
    expect(judge(at(1000, 999), at(900, 999), one, false)).toHaveLength(1)
  })

  it('keeps the sites from being called equal only where it bites', () => {
    const state = (objects: ReturnType<typeof judge>): DriftState => ({
      kind: 'done',
      id: '',
      since: 1,
      at: 1,
      progress: { doneTables: 0, totalTables: 0, doneRows: 0, totalRows: 0, rowsPerSecond: 0, etaSeconds: null },
      tables: [],
      objects
    })
    expect(driftVerdict(state(judge(at(1000, 800), at(801, 800))))).toBe('equal')
    expect(driftVerdict(state(judge(at(1000, 999), at(900, 999))))).toBe('differs')
  })
})
