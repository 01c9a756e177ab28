import { describe, expect, it } from 'vitest'
import { channelsOpen, fleetOpen, hostileOpen } from '../../src/renderer/gallery/fixtures/fleets'
import { openMoveIn } from '../../src/renderer/gallery/fixtures/open-move'
import { brightOf } from '../../src/renderer/stations/topology/bright-of'
import { fleetLayoutOf, inRoom } from '../../src/renderer/stations/topology/fleet-layout'
import { familiesOf } from '../../src/renderer/stations/topology/forest'
import { edgesOf, type Layout, layoutOf, type Rect } from '../../src/renderer/stations/topology/lanes'
import { arrowAt } from '../../src/renderer/stations/topology/line-paths'
import { linesOf } from '../../src/renderer/stations/topology/lines'
import { looksOf } from '../../src/renderer/stations/topology/looks-of'
import { pictureOf } from '../../src/renderer/stations/topology/picture'
import { isNotStarted } from '../../src/renderer/stations/topology/trouble-of'
import { nextBox } from '../../src/renderer/stations/topology/walk'

const room = { width: 760, height: 640 }
const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const clashes = (layout: Layout): string[] => {
  const rects = Object.entries(layout.rects)
  return rects.flatMap(([a, one], index) =>
    rects.slice(index + 1).flatMap(([b, other]) => (overlap(one, other) ? [`${a} × ${b}`] : []))
  )
}

/** The corners of an orthogonal path. */
const cornersOf = (path: string): [number, number][] => {
  let [x, y] = [0, 0]
  return [...path.matchAll(/([MHV])(-?[\d.]+)(?: (-?[\d.]+))?/g)].map(([, command, first, second]) => {
    if (command === 'H') x = Number(first)
    else if (command === 'V') y = Number(first)
    else [x, y] = [Number(first), Number(second)]
    return [x, y]
  })
}

const crosses = (path: string, rect: Rect): boolean =>
  cornersOf(path).some(([x, y], index, corners) => {
    const [px, py] = corners[index - 1] ?? [x, y]
    return (
      Math.min(x, px) < rect.x + rect.width - 1 &&
      Math.max(x, px) > rect.x + 1 &&
      Math.min(y, py) < rect.y + rect.height - 1 &&
      Math.max(y, py) > rect.y + 1
    )
  })

describe('the picture of a fleet', () => {
  it('lays no card over another, for fifty, five hundred, forty channels and hostile names', () => {
    for (const open of [fleetOpen(50), fleetOpen(500), channelsOpen(40), hostileOpen()])
      expect(clashes(layoutOf(pictureOf(open), room, {}))).toEqual([])
  })

  it('puts whoever follows below whom it follows, and pairs on one height', () => {
    const open = fleetOpen(500)
    const picture = pictureOf(open)
    const { rects } = layoutOf(picture, room, {})
    const inside = picture.links.filter((link) => !link.crossesSites)
    expect(inside.filter((link) => (rects[link.source]?.y ?? 0) >= (rects[link.replica]?.y ?? 0))).toEqual([])
    expect(picture.pairs.filter((pair) => rects[pair.old]?.y !== rects[pair.new]?.y)).toEqual([])
  })

  it('draws every link of a tree without crossing a card', () => {
    const open = fleetOpen(500)
    const picture = pictureOf(open)
    const layout = layoutOf(picture, room, {})
    const cards = picture.boxes.flatMap((box) => (box.kind === 'database' ? [layout.rects[box.id] as Rect] : []))
    const lines = linesOf(picture, layout, open.topology).filter((line) => line.kind === 'link')
    expect(lines).toHaveLength(490)
    expect(lines.filter((line) => cards.some((rect) => crosses(line.path, rect))).map((line) => line.id)).toEqual([])
  })

  it('stands still while links only change their state', () => {
    const open = fleetOpen(50)
    const { topology } = open
    const picture = pictureOf(open)
    const before = layoutOf(picture, room, {})
    const later = topology && {
      ...topology,
      links: topology.links.map((link) => ({ ...link, state: 'stopped' as const, lagSeconds: null }))
    }
    expect(layoutOf(pictureOf({ ...open, topology: later }), room, {})).toEqual(before)
    // The links by which it was arranged are kept when some are gone.
    const edges = picture.links.filter((link) => !link.crossesSites).map((link) => [link.source, link.replica] as const)
    const without = topology && { ...topology, links: topology.links.slice(0, 5) }
    expect(layoutOf(pictureOf({ ...open, topology: without }), room, {}, edges).rects).toEqual(before.rects)
  })

  it('stands still whatever room it has: its lanes only reach the lower edge', () => {
    const picture = pictureOf(fleetOpen(500))
    const before = fleetLayoutOf(picture, {}, edgesOf(picture))
    expect(inRoom(before, { height: before.height })).toBe(before)
    expect(inRoom(before, room)).toBe(before)
    const taller = layoutOf(picture, { width: 760, height: before.height + 300 }, {})
    expect(taller.rects).toEqual(before.rects)
    expect([taller.height, taller.lanes.old.height]).toEqual([before.height + 300, before.height + 276])
  })

  it('ends for rings, for servers that follow themselves and for links from nowhere', () => {
    const ring = familiesOf(
      ['a', 'b', 'c'],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'c'],
        ['x', 'a']
      ],
      null
    )
    expect(ring).toHaveLength(1)
    expect(Object.keys(ring[0]?.places ?? {}).sort()).toEqual(['a', 'b', 'c'])
  })

  it('is walked along links by arrows, down to a replica and up to the source', () => {
    const picture = pictureOf(fleetOpen(50))
    const layout = layoutOf(picture, room, {})
    const below = nextBox(picture, layout, 'fra-db1-01', 'down')
    expect(picture.links.some((link) => link.source === 'fra-db1-01' && link.replica === below)).toBe(true)
    expect(nextBox(picture, layout, below ?? '', 'up')).toBe('fra-db1-01')
    expect(nextBox(picture, layout, 'fra-db1-01', 'right')).toBe('lis-db1-01')
  })

  it('is searched by words and by what is wrong', () => {
    const picture = pictureOf(fleetOpen(50))
    expect(brightOf(picture, '', 'all')).toBeNull()
    expect([...(brightOf(picture, 'fra-db1 10.11.19 error', 'all') ?? [])]).toEqual(['fra-db1-18'])
    const wrong = brightOf(picture, '', 'trouble') ?? new Set()
    const expected = picture.boxes.flatMap((box) => (box.kind === 'database' && box.trouble ? [box.id] : []))
    expect([...wrong].sort()).toEqual(expected.sort())
    expect(expected.length).toBeGreaterThan(3)
    expect([...(brightOf(picture, '', 'takes-writes') ?? [])]).toEqual(['fra-db1-01'])
  })

  it('explains in its legend only the lines it has', () => {
    const quiet = openMoveIn('linked')
    expect([...looksOf(pictureOf(quiet), quiet.topology?.bridge)].sort()).toEqual([
      'app',
      'bridge',
      'from-old',
      'inside',
      'pair',
      'plan'
    ])
    const fleet = fleetOpen(500)
    const looks = looksOf(pictureOf(fleet), fleet.topology?.bridge)
    for (const look of ['late', 'waits', 'stop', 'broken'] as const) expect(looks.has(look)).toBe(true)
  })

  it('tells a link that never began from one that was stopped', () => {
    const [link] = fleetOpen(50).topology?.links ?? []
    if (!link) throw new Error('There is no link.')
    const idle = { ...link.status, receiver: 'stopped' as const, applier: 'stopped' as const, sourceServerId: 0 }
    expect(isNotStarted({ ...link, state: 'stopped', status: idle })).toBe(true)
    expect(isNotStarted({ ...link, state: 'stopped', status: { ...idle, sourceServerId: 7 } })).toBe(false)
  })

  it('points its arrows the way the line ends', () => {
    expect(arrowAt('M0 0H100')).toBe('M100 0L92 4L92 -4Z')
    expect(arrowAt('M0 0V50H20V90')).toBe('M20 90L16 82L24 82Z')
  })
})
