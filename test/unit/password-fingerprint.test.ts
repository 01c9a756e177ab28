import { describe, expect, it } from 'vitest'
import { partitionText } from '../../src/main/drift/read-partitions'
import { fingerprintLike, fingerprintOf } from '../../src/main/engine/password-fingerprint'

const hash = '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'

describe('what a snapshot keeps of a password', () => {
  it('is the same for the same hash, and shows that it changed', () => {
    const kept = fingerprintOf(hash)
    expect(fingerprintLike(kept, hash)).toBe(kept)
    const others = Array.from({ length: 50 }, (_, index) => fingerprintLike(kept, `${hash}${index}`))
    expect(others.filter((other) => other === kept)).toEqual([])
  })

  it('holds 16 bits, none of the hash, and differs between two snapshots', () => {
    const kept = fingerprintOf(hash)
    expect(kept).toMatch(/^print:[0-9a-f]{16}:[0-9a-f]{4}$/)
    expect(fingerprintOf(hash)).not.toBe(kept)
  })

  it('tells an account without a password, and says nothing where nothing was kept', () => {
    const none = fingerprintOf('')
    expect(fingerprintLike(none, '')).toBe(none)
    expect(fingerprintLike(none, hash)).not.toBe(none)
    expect(fingerprintLike('', hash)).toBe('')
  })
})

describe('partitions as text', () => {
  const row = (name: string, description: string, more: Record<string, string | null> = {}) => ({
    name,
    description,
    method: 'RANGE',
    expression: '`day`',
    ...more
  })

  it('reads the same whatever a family quotes', () => {
    const text =
      'PARTITION BY RANGE (day)\nPARTITION p1 VALUES LESS THAN (10)\nPARTITION p2 VALUES LESS THAN (MAXVALUE)'
    expect(partitionText([row('p1', '10'), row('p2', 'MAXVALUE')])).toBe(text)
    expect(partitionText([row('p1', '10', { expression: 'day' }), row('p2', 'MAXVALUE')])).toBe(text)
  })

  it('names parts of parts beneath theirs', () => {
    const sub = { sub: 'HASH', subExpression: 'id' }
    expect(
      partitionText([row('p1', '10', { ...sub, subName: 's0' }), row('p1', '10', { ...sub, subName: 's1' })])
    ).toBe(
      'PARTITION BY RANGE (day)\nSUBPARTITION BY HASH (id)\nPARTITION p1 VALUES LESS THAN (10)\n  SUBPARTITION s0\n  SUBPARTITION s1'
    )
    expect(partitionText([])).toBe('')
  })
})
