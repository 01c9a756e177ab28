import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Snapshots } from '../../src/main/store/snapshots'
import type { SnapshotHead } from '../../src/shared/topology'

describe('snapshots of a move', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snapshots-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })
  const head = (n: number, by: SnapshotHead['by']): SnapshotHead => ({
    id: `s-${n}`,
    name: `number ${n}`,
    at: n,
    by,
    isWhole: true
  })
  const ids = (snapshots: Snapshots) => snapshots.list().map((one) => one.id)

  it('come back as they were put, oldest first', async () => {
    const first = await Snapshots.open(folder)
    await first.add(head(2, 'hand'), { text: '\u202e</script>', n: [1] }, 9)
    await first.add(head(1, 'before-run'), {}, 9)
    const again = await Snapshots.open(folder)
    expect(ids(again)).toEqual(['s-1', 's-2'])
    expect(await again.read('s-2')).toEqual({ text: '\u202e</script>', n: [1] })
  })

  it('of the schedule stay as many as are to be kept; the others stay', async () => {
    const snapshots = await Snapshots.open(folder)
    await snapshots.add(head(1, 'hand'), {}, 2)
    for (const n of [2, 3, 4, 5]) await snapshots.add(head(n, 'schedule'), {}, 2)
    expect(ids(snapshots)).toEqual(['s-1', 's-4', 's-5'])
    expect(ids(await Snapshots.open(folder))).toEqual(['s-1', 's-4', 's-5'])
  })

  it('that are damaged are not offered, or say so when they are read', async () => {
    const snapshots = await Snapshots.open(folder)
    await snapshots.add(head(1, 'hand'), {}, 2)
    await writeFile(join(folder, 's-1.facts'), 'not packed')
    await writeFile(join(folder, 's-2.json'), '{"id": "s-2"')
    await writeFile(join(folder, 's-3.json'), JSON.stringify({ ...head(3, 'hand'), id: '../../etc/passwd' }))
    const again = await Snapshots.open(folder)
    expect(ids(again)).toEqual(['s-1'])
    await expect(again.read('s-1')).rejects.toMatchObject({ failure: { kind: 'storage' } })
    await expect(again.read('../s-1')).rejects.toMatchObject({ failure: { kind: 'not-found' } })
    await expect(again.remove('s-9')).rejects.toMatchObject({ failure: { kind: 'not-found' } })
    await again.remove('s-1')
    expect(ids(await Snapshots.open(folder))).toEqual([])
  })
})
