import { describe, expect, it } from 'vitest'
import { makeTold } from '../../src/main/drift/told'
import { fleetOpen } from '../../src/renderer/gallery/fixtures/fleets'
import type { LagHistory } from '../../src/shared/contract'
import type { DriftState, TableDrift } from '../../src/shared/drift'
import { driftPacking, lagPacking, type Parcel, packer, topologyPacking, unpacker } from '../../src/shared/parcel'
import { patched, patchOf } from '../../src/shared/patch'
import type { Topology } from '../../src/shared/topology'

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json }

/** As it comes out on the other side. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const through = (before: Json, after: Json): Json => {
  const patch = patchOf(before, after)
  return patch ? patched(before, sent(patch)) : before
}

/** Numbers that look random and are the same at every run. */
const dice = (seed: number) => {
  let state = seed
  return (sides: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

const anyJson = (roll: (sides: number) => number, depth: number): Json => {
  const kind = roll(depth === 0 ? 4 : 7)
  if (kind === 0) return null
  if (kind === 1) return roll(100)
  if (kind === 2) return `text ${roll(5)}`
  if (kind === 3) return roll(2) === 0
  if (kind === 4) return Array.from({ length: roll(6) }, () => anyJson(roll, depth - 1))
  const names = ['a', 'b', '__proto__', 'constructor', 'o', 'v', 's']
  return Object.fromEntries(names.filter(() => roll(2) === 0).map((name) => [name, anyJson(roll, depth - 1)]))
}

describe('what changed in a picture', () => {
  it('turns any value into any other', () => {
    const roll = dice(7)
    for (let turn = 0; turn < 3000; turn += 1) {
      const [before, after] = [anyJson(roll, 3), anyJson(roll, 3)]
      expect(through(before, after)).toEqual(after)
    }
  })

  it('leaves alone what is the same, as the same object', () => {
    const before = { a: { deep: [1, 2] }, b: { value: 1 } }
    const after = through(before, { a: { deep: [1, 2] }, b: { value: 2 } }) as typeof before
    expect(after.a).toBe(before.a)
    expect(after.b).toEqual({ value: 2 })
    expect(patchOf(before, sent(before))).toBeNull()
  })

  it('takes of a series that moved on by one only the new value', () => {
    const series = Array.from({ length: 60 }, (_, index) => Math.sin(index))
    expect(patchOf(series, [...series.slice(1), 0.5])).toEqual({ s: 1, add: [0.5] })
    expect(patchOf(series, [...series, 0.5])).toEqual({ s: 0, add: [0.5] })
    expect(through(series, [...series.slice(1), 0.5])).toEqual([...series.slice(1), 0.5])
  })

  it('treats names of a server’s making like any others', () => {
    const after = through({}, JSON.parse('{"__proto__": {"polluted": "yes"}}') as Json)
    expect(Object.keys(after as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })
})

const pictureAt = (topology: Topology, at: number, changed: string): Topology => ({
  ...topology,
  at,
  nodes: topology.nodes.map((node) =>
    node.server === changed && node.survey ? { ...node, survey: { ...node.survey, at, readOnly: false } } : node
  )
})

describe('a picture on its way to the window', () => {
  const first = fleetOpen(500).topology as Topology

  it('of five hundred servers of which one changed is a thousandth of the whole', () => {
    const pack = packer(topologyPacking)
    const { unpack } = unpacker(topologyPacking)
    const whole = sent(pack('m', first))
    expect(unpack(whole)).toEqual(sent(first))
    const next = pictureAt(first, first.at + 1000, 'fra-db3-07')
    const parcel = sent(pack('m', next))
    expect(JSON.stringify(parcel).length).toBeLessThan(JSON.stringify(whole).length / 1000)
    expect(unpack(parcel)).toEqual(sent(next))
  })

  it('goes whole from time to time, and whoever missed its beginning knows it', () => {
    const pack = packer(topologyPacking)
    const { unpack, know } = unpacker(topologyPacking)
    const parcels: Parcel<Topology>[] = []
    for (let turn = 0; turn < 60; turn += 1) parcels.push(sent(pack('m', { ...first, at: turn })))
    expect(parcels.flatMap((parcel, index) => ('whole' in parcel ? [index] : []))).toEqual([0, 59])
    expect(unpack(parcels[5] as Parcel<Topology>)).toBeNull()
    know('m', { ...first, at: 4 })
    expect(unpack(parcels[5] as Parcel<Topology>)?.at).toBe(5)
    expect(unpack(parcels[5] as Parcel<Topology>)?.at).toBe(5)
    expect(unpack(parcels[59] as Parcel<Topology>)?.at).toBe(59)
  })
})

describe('the lag of all links on its way to the window', () => {
  const history = (from: number): LagHistory => ({
    at: Array.from({ length: 900 }, (_, index) => from + index),
    series: Object.fromEntries(
      Array.from({ length: 50 }, (_, link) => [
        `a>b${link}`,
        Array.from({ length: 900 }, (_, index) => (from + index) * link)
      ])
    )
  })

  it('is one number a link and second, and comes out as it went in', () => {
    const pack = packer(lagPacking)
    const { unpack } = unpacker(lagPacking)
    const whole = sent(pack('m', history(1)))
    expect(unpack(whole)).toEqual(history(1))
    const next = sent(pack('m', history(2)))
    expect(JSON.stringify(next).length).toBeLessThan(JSON.stringify(whole).length / 100)
    expect(unpack(next)).toEqual(history(2))
    expect(unpack(next)).toEqual(history(2))
  })

  it('of a move that was opened anew goes whole: its seconds may be those of before', () => {
    const pack = packer(lagPacking)
    const { unpack } = unpacker(lagPacking)
    unpack(sent(pack('m', history(1))))
    const anew: LagHistory = { at: [900], series: { 'a>b1': [3] } }
    expect(unpack(sent(pack('m', anew)))).toEqual(anew)
    expect(unpack(sent(pack('m', { at: [], series: {} })))).toEqual({ at: [], series: {} })
  })

  it('is not guessed at when a parcel was missed, and whole again soon', () => {
    const pack = packer(lagPacking)
    const parcels = Array.from({ length: 20 }, (_, turn) => sent(pack('m', history(turn))))
    const { unpack } = unpacker(lagPacking)
    expect(unpack(parcels[4] as Parcel<LagHistory>)).toBeNull()
    expect(unpack(parcels[19] as Parcel<LagHistory>)).toEqual(history(19))
  })
})

describe('a comparison on its way to the window', () => {
  const jobs = Array.from({ length: 20_000 }, (_, index): { drift: TableDrift } => ({
    drift: { schema: 'shop', table: `t${index}`, estimatedRows: 10, bytes: 16_384, verdict: { kind: 'queued' } }
  }))
  const progress = { doneTables: 0, totalTables: 20_000, doneRows: 0, totalRows: 9, rowsPerSecond: 0, etaSeconds: null }
  const told = makeTold()
  const stateAt = (at: number): DriftState => ({
    ...{ kind: 'running', id: 'd', since: 1, at, progress },
    ...{ tables: told(jobs), objects: [] }
  })

  it('of twenty thousand tables of which one has news is a thousandth of the whole, and the others stay as they are', () => {
    const pack = packer(driftPacking)
    const { unpack } = unpacker(driftPacking)
    expect(unpack(sent(pack('m', { kind: 'never' })))).toEqual({ kind: 'never' })
    const first = unpack(sent(pack('m', stateAt(1))))
    expect(first).toEqual(stateAt(1))
    const verdict = { kind: 'same', at: 2, position: '0-1-9', rechecked: 1 } as const
    for (const job of jobs.slice(7, 8)) job.drift.verdict = verdict
    const parcel = sent(pack('m', stateAt(2)))
    expect(JSON.stringify(parcel).length).toBeLessThan(JSON.stringify(stateAt(2)).length / 1000)
    const second = unpack(parcel)
    expect(second).toEqual(stateAt(2))
    if (first?.kind !== 'running' || second?.kind !== 'running') throw new Error('it runs')
    expect(second.tables[7]?.verdict).toEqual(verdict)
    expect(second.tables[8]).toBe(first.tables[8])
  })

  it('keeps the last copy of a table without news, and of no other', () => {
    const before = told(jobs)
    for (const job of jobs.slice(3, 4)) job.drift.estimatedRows = 11
    const after = told(jobs)
    expect(after.flatMap((table, index) => (table === before[index] ? [] : [index]))).toEqual([3])
    expect([before[3]?.estimatedRows, after[3]?.estimatedRows]).toEqual([10, 11])
  })
})
