import { describe, expect, it } from 'vitest'
import { holdOffMs } from '../../src/main/reach/hold-off'
import { kept } from '../../src/main/reach/kept'
import { type FailureKind, fail } from '../../src/shared/failure'

const setUp = () => {
  const clock = { at: 0 }
  const made: string[] = []
  const broken = { kind: null as FailureKind | null }
  const alive = new Set<string>()
  const things = kept<string>(
    async (key) => {
      made.push(key)
      if (broken.kind) throw fail(broken.kind, `no ${key}`)
      const thing = `${key}#${made.length}`
      alive.add(thing)
      return thing
    },
    (thing) => alive.has(thing),
    {
      holdOffMs: (failure, failures) => holdOffMs(failure.failure.kind, failures, 'calm', () => 0),
      now: () => clock.at
    }
  )
  return { clock, made, broken, alive, things }
}

describe('what is kept', () => {
  it('is made once for all who ask, and anew when it was lost', async () => {
    const { things, made, alive } = setUp()
    expect(await Promise.all([things.get('a'), things.get('a'), things.get('b')])).toEqual(['a#1', 'a#1', 'b#2'])
    alive.delete('a#1')
    expect(await things.get('a')).toBe('a#3')
    expect(made).toEqual(['a', 'b', 'a'])
    expect(things.present()).toEqual(['b#2', 'a#3'])
  })

  it('is tried less and less often while it fails, and at once after it was put right', async () => {
    const { things, made, broken, clock } = setUp()
    broken.kind = 'unreachable'
    const attempts: number[] = []
    for (; clock.at < 30_000; clock.at += 50) {
      const before = made.length
      await expect(things.get('a')).rejects.toThrow('no a')
      if (made.length > before) attempts.push(clock.at)
    }
    expect(attempts).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 15_750, 23_750])
    broken.kind = null
    await expect(things.get('a')).rejects.toThrow('no a')
    things.retry('a')
    expect(await things.get('a')).toBe('a#9')
    broken.kind = 'unreachable'
  })

  it('forgets how often it failed once it was there again', async () => {
    const { things, made, broken, clock, alive } = setUp()
    broken.kind = 'timeout'
    await expect(things.get('a')).rejects.toThrow()
    clock.at = 250
    await expect(things.get('a')).rejects.toThrow()
    clock.at = 750
    broken.kind = null
    alive.delete(await things.get('a'))
    broken.kind = 'timeout'
    await expect(things.get('a')).rejects.toThrow()
    clock.at += 250
    await expect(things.get('a')).rejects.toThrow()
    expect(made).toHaveLength(5)
  })
})

describe('how long nobody is let through', () => {
  it('is a second at most during a run, and long where only a person can help', () => {
    const none = () => 0
    expect([1, 2, 3, 4, 50].map((failures) => holdOffMs('unreachable', failures, 'run', none))).toEqual([
      250, 500, 1_000, 1_000, 1_000
    ])
    expect(holdOffMs('auth', 1, 'run')).toBe(15_000)
    expect(holdOffMs('host-key-unknown', 1, 'calm')).toBe(30_000)
    expect(holdOffMs('secret-missing', 9, 'calm')).toBe(0)
    expect(holdOffMs('refused', 1, 'calm', () => 1)).toBe(200)
  })
})
