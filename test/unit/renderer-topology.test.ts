import { describe, expect, it } from 'vitest'
import { foundDiscovery } from '../../src/renderer/gallery/fixtures/discoveries'
import { manyServers } from '../../src/renderer/gallery/fixtures/many-servers'
import { openMoveIn, phases } from '../../src/renderer/gallery/fixtures/open-move'
import { shopMove } from '../../src/renderer/gallery/fixtures/shop-move'
import { linkedTopology, movedTopology } from '../../src/renderer/gallery/fixtures/topologies'
import { matchingMoves } from '../../src/renderer/stations/home/matching-moves'
import { openedWords } from '../../src/renderer/stations/home/opened-words'
import { phasesOf } from '../../src/renderer/stations/home/phases-of'
import { begunFromFound } from '../../src/renderer/stations/sites/found-draft'
import { emptyHop } from '../../src/renderer/stations/sites/server-draft'
import { foundWords, withFound } from '../../src/renderer/stations/topology/found-boxes'
import { type Layout, layoutOf, type Rect } from '../../src/renderer/stations/topology/lanes'
import { linesOf, neighbour } from '../../src/renderer/stations/topology/lines'
import { pictureOf } from '../../src/renderer/stations/topology/picture'
import { withPair } from '../../src/renderer/stations/topology/with-pair'
import type { FoundServer } from '../../src/shared/discovery'
import { moveSchema } from '../../src/shared/move'

const rooms = [
  { width: 664, height: 600 },
  { width: 760, height: 640 },
  { width: 824, height: 540 },
  { width: 1400, height: 920 }
]
const opens = [...phases.map((phase) => openMoveIn(phase)), manyServers()]
const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the picture', () => {
  it('never lays one box over another, nor outside its lane, in any room and phase', () => {
    for (const open of opens)
      for (const room of rooms) {
        const picture = pictureOf(open)
        const layout = layoutOf(picture, room, {})
        const rects = Object.entries(layout.rects)
        const clashes = rects.flatMap(([a, one], index) =>
          rects.slice(index + 1).flatMap(([b, other]) => (overlap(one, other) ? [`${a} × ${b}`] : []))
        )
        expect(clashes).toEqual([])
        const strays = picture.boxes.filter((box) => {
          const rect = layout.rects[box.id]
          if (!rect || box.kind === 'domain') return false
          const lane = layout.lanes[box.side]
          return (
            rect.x < lane.x || rect.x + rect.width > lane.x + lane.width || rect.y + rect.height > lane.y + lane.height
          )
        })
        expect(strays).toEqual([])
      }
  })

  it('draws servers that a search found beside the move, with who follows them, and none that is part of it', () => {
    const open = openMoveIn('checked')
    const picture = withFound(pictureOf(open), open.move, open.topology, foundDiscovery)
    const found = picture.boxes.flatMap((box) => (box.kind === 'found' ? [`${foundWords(box.found)}: ${box.id}`] : []))
    expect(found).toEqual([
      'not part of the move: found fra-db2',
      'known, not asked: found reports.fra.example.net:3307',
      'known, not reached: found 10.20.7.4:3306',
      'known, not reached: found server id 108'
    ])
    for (const room of rooms) {
      const layout = layoutOf(picture, room, {})
      const rects = Object.entries(layout.rects)
      for (const [index, [a, one]] of rects.entries())
        for (const [b, other] of rects.slice(index + 1)) expect(overlap(one, other), `${a} × ${b}`).toBe(false)
      const lines = linesOf(picture, layout, open.topology).filter((line) => line.kind === 'found')
      expect(lines.map(({ look }) => look)).toEqual(['waits', 'inside', 'plan', 'plan'])
    }
    const many = manyServers()
    const fleet = withFound(pictureOf(many), many.move, many.topology, foundDiscovery)
    const { rects } = layoutOf(fleet, { width: 1400, height: 900 }, {})
    expect(fleet.boxes.filter((box) => !rects[box.id])).toEqual([])
  })

  it('knows a found server by its identity or its address, never one of another by a loopback address', () => {
    const open = openMoveIn('linked')
    const [node] = open.topology?.nodes ?? []
    const [first] = foundDiscovery.servers.filter(({ identity }) => identity === null)
    if (!node?.survey || !first) throw new Error('The fixtures have a survey and an unknown server.')
    const boxesOf = (found: Partial<FoundServer>) => {
      const discovery = { ...foundDiscovery, links: [], servers: [{ ...first, ...found }] }
      return withFound(pictureOf(open), open.move, open.topology, discovery).boxes.filter(
        ({ kind }) => kind === 'found'
      )
    }
    expect(boxesOf({})).toHaveLength(1)
    expect(boxesOf({ id: node.survey.identity.key })).toEqual([])
    const [address] = first.addresses
    const at = (host: string, port: number) => (address ? { addresses: [{ ...address, host, port }] } : {})
    const database = open.move.old.servers.find(({ kind }) => kind === 'database')?.database
    expect(database?.host).toBe('127.0.0.1')
    expect(boxesOf(at('127.0.0.1', database?.port ?? 0))).toHaveLength(1)
  })

  it('begins the form of an unreached server with what is known of it', () => {
    const { move } = openMoveIn('checked')
    const begun = (id: string) => {
      const found = foundDiscovery.servers.find((one) => one.id === id)
      if (!found) throw new Error(`There is no ${id}.`)
      return begunFromFound(move, found, () => [emptyHop()])
    }
    expect(begun('10.20.7.4:3306')).toMatchObject({
      side: 'old',
      draft: { kind: 'database', name: '10.20.7.4', database: { host: '10.20.7.4', port: 3306 } },
      fill: ['Ask it through the SSH host of another server.', 'Or add it by hand, with an SSH host of its own.']
    })
    expect(begun('server id 108').draft).toMatchObject({
      ...{ name: '', note: 'server id 108, named by fra-db2 as its replica' },
      database: { host: '127.0.0.1', port: 3306 }
    })
  })

  it('stands still while servers only say new things', () => {
    const place = (topology: typeof linkedTopology): Layout =>
      layoutOf(pictureOf({ ...openMoveIn('linked'), topology }), { width: 760, height: 640 }, {})
    const later = {
      ...linkedTopology,
      at: linkedTopology.at + 1000,
      links: linkedTopology.links.map((link) => ({ ...link, lagSeconds: 99, state: 'lagging' as const }))
    }
    expect(place(later)).toEqual(place(linkedTopology))
    expect(place(movedTopology).rects).toEqual(place(linkedTopology).rects)
  })

  it('puts the two of a pair on one line', () => {
    const { rects } = layoutOf(pictureOf(openMoveIn('linked')), { width: 760, height: 640 }, {})
    expect(rects['fra-db1']?.y).toBe(rects['lis-db1']?.y)
    expect(rects['fra-db2']?.y).toBe(rects['lis-db2']?.y)
  })

  it('follows the hand, inside the lane', () => {
    const picture = pictureOf(openMoveIn('linked'))
    const { rects, lanes } = layoutOf(picture, { width: 760, height: 640 }, { 'lis-db1': { x: 9999, y: 400 } })
    expect(rects['lis-db1']?.y).toBe(lanes.new.y + 400)
    expect((rects['lis-db1']?.x ?? 0) + (rects['lis-db1']?.width ?? 0)).toBeLessThanOrEqual(
      lanes.new.x + lanes.new.width
    )
  })

  it('draws only orthogonal lines', () => {
    for (const open of opens) {
      const picture = pictureOf(open)
      const lines = linesOf(picture, layoutOf(picture, { width: 760, height: 640 }, {}), open.topology)
      expect(lines.filter((line) => !/^([Mm][\d.-]+ [\d.-]+|[HVhv][\d.-]+)+$/.test(line.path))).toEqual([])
    }
  })

  it('says with a colour which site a crossing link comes from, and with red that it stopped', () => {
    const lookOf = (topology: typeof linkedTopology) => {
      const open = { ...openMoveIn('linked'), topology }
      const picture = pictureOf(open)
      const lines = linesOf(picture, layoutOf(picture, { width: 760, height: 640 }, {}), topology)
      return lines.filter((line) => line.link?.crossesSites).map((line) => line.look)
    }
    expect(lookOf(linkedTopology)).toEqual(['from-old', 'from-new'])
    const stopped = linkedTopology.links.map((link) => ({ ...link, state: 'stopped' as const }))
    expect(lookOf({ ...linkedTopology, links: stopped })).toEqual(['stop', 'stop'])
  })

  it('is walked by arrows along its links', () => {
    const open = openMoveIn('linked')
    const picture = pictureOf(open)
    const layout = layoutOf(picture, { width: 760, height: 640 }, {})
    const joined = (a: string, b: string) =>
      picture.links.some((link) => [link.source, link.replica].includes(a) && [link.source, link.replica].includes(b))
    expect(neighbour(layout, picture.boxes, 'fra-db1', 'right', joined)).toBe('lis-db1')
    expect(neighbour(layout, picture.boxes, 'fra-db1', 'down', joined)).toBe('fra-db2')
    expect(neighbour(layout, picture.boxes, 'lis-db2', 'right', joined)).toBeNull()
  })

  it('shows who takes writes, and nobody twice after the cutover', () => {
    const writers = (phase: 'linked' | 'moved') =>
      pictureOf(openMoveIn(phase)).boxes.flatMap((box) =>
        box.kind === 'database' && box.role === 'takes-writes' ? [box.id] : []
      )
    expect(writers('linked')).toEqual(['fra-db1'])
    expect(writers('moved')).toEqual(['lis-db1'])
  })
})

describe('a pair', () => {
  it('joins servers across, one to one, from either end, and comes apart the same way', () => {
    const move = { ...shopMove, pairs: [] }
    const paired = withPair(move, 'lis-db1', 'fra-db1')
    expect(paired.pairs).toEqual([{ old: 'fra-db1', new: 'lis-db1' }])
    expect(withPair(paired, 'fra-db1', 'lis-db2').pairs).toEqual([{ old: 'fra-db1', new: 'lis-db2' }])
    expect(withPair(paired, 'fra-db1', 'lis-db1').pairs).toEqual([])
    expect(withPair(paired, 'fra-db1', 'fra-db2')).toBe(paired)
  })
})

describe('the list of moves', () => {
  it('draws one dot a station, with the form of what is wrong', () => {
    expect(phasesOf({ stationsDone: 3, phase: 'Replicate: link stopped' })).toEqual([
      'done',
      'done',
      'done',
      'stopped',
      'none',
      'none',
      'none'
    ])
    expect(phasesOf({ stationsDone: 7, phase: 'Report: ready' })).toEqual(Array(7).fill('done'))
    expect(phasesOf({ stationsDone: 0, phase: 'Not connected yet' })[0]).toBe('current')
  })

  it('says when a move was opened as a person would', () => {
    const now = Date.UTC(2026, 10, 23, 12)
    expect(openedWords(0, now)).toBe('not yet')
    expect(openedWords(now - 120_000, now)).toBe('2\u00a0min ago')
    expect(openedWords(now - 20 * 3_600_000, now)).toBe('yesterday 16:00')
    expect(openedWords(now - 4 * 86_400_000, now)).toBe('Thu 19 Nov')
  })

  it('is searched by every word in names and sites', () => {
    const move = {
      id: 'a',
      name: 'shop.example.com',
      old: 'Frankfurt',
      new: 'Lisbon',
      stationsDone: 0,
      phase: '',
      openedAt: 0,
      broken: null,
      review: null
    }
    expect(matchingMoves([move], 'shop LISB')).toEqual([move])
    expect(matchingMoves([move], 'shop oslo')).toEqual([])
  })
})

describe('the fixtures of the gallery', () => {
  it('hold a move the app would accept', () => {
    for (const open of opens) expect(moveSchema.safeParse(open.move).error).toBeUndefined()
  })
})
