import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Migration, migrate, moveMigrations } from '../../src/main/store/migrate-move'
import { moveText } from '../../src/main/store/move-text'
import { parseMove } from '../../src/main/store/parse-move'
import { moveVersion } from '../../src/shared/move'

const folder = join(import.meta.dirname, 'moves')
const kept = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('the versions of a move file', () => {
  it('have a step from each that was given out to the next', () => {
    const steps = Array.from({ length: moveVersion - 1 }, (_, index) => String(index + 1))
    expect(Object.keys(moveMigrations)).toEqual(steps)
  })

  it('have files kept of each that was given out', () => {
    const versions = readdirSync(folder).map((name) => kept(name).version)
    expect([...new Set(versions)]).toEqual(Array.from({ length: moveVersion - 1 }, (_, index) => index + 1))
  })

  it.each(readdirSync(folder))('%s is read without losing a word', (name) => {
    const file = kept(name)
    const move = parseMove(file, name)
    expect(move.version).toBe(moveVersion)
    const { layout: _layout, version: _version, ...rest } = file
    expect(move).toMatchObject(rest)
  })

  it('1 → 2: places in the picture become whole pixels, all else stays', () => {
    const file = kept('version-1-whole.siteswap.json')
    expect(migrate(file, 2)).toEqual({
      ...file,
      version: 2,
      layout: { 'lis-db2': { x: 612, y: 88 }, 'fra-db1': { x: 41, y: -3 } }
    })
    expect(file.version).toBe(1)
  })

  it.each([[null], ['x'], [[1]], [{ a: 4, b: { x: 'one' } }]])(
    '1 → 2: leaves a layout like %j for the schema to name',
    (layout) => {
      expect(migrate({ version: 1, layout }, 2).layout).toEqual(layout)
    }
  )

  it('are walked one by one, in order', () => {
    const said: string[] = []
    const step =
      (name: string): Migration =>
      (document) => {
        said.push(`${name} at ${document.version}`)
        return { ...document, [name]: true }
      }
    const steps = { 1: step('a'), 2: step('b'), 3: step('c') }
    expect(migrate({ version: 2 }, 4, steps)).toEqual({ version: 4, b: true, c: true })
    expect(said).toEqual(['b at 2', 'c at 3'])
  })

  it.each([[0], [-1], [1.5], ['1'], [null], [undefined], [Number.NaN], [99]])(
    '%j is none, and comes back as it is',
    (version) => {
      const document = { version, layout: { a: { x: 0.5, y: 0.5 } } }
      expect(migrate(document, 2)).toBe(document)
    }
  )
})

describe('the text of a move', () => {
  const move = parseMove(kept('version-1-whole.siteswap.json'), 'file')

  it('is the same whatever order its keys and places came in', () => {
    const turned = Object.fromEntries(Object.entries(move).reverse()) as typeof move
    const layout = Object.fromEntries(Object.entries(move.layout).reverse())
    expect(moveText({ ...turned, layout })).toBe(moveText(move))
  })

  it('changes in one line when one field changes, ends with a newline and holds no time of saving', () => {
    const before = moveText(move).split('\n')
    const after = moveText({ ...move, thresholds: { ...move.thresholds, pauseBudgetMs: 9000 } }).split('\n')
    expect(after.filter((line, index) => line !== before[index])).toEqual(['    "pauseBudgetMs": 9000,'])
    expect(moveText(move).endsWith('}\n')).toBe(true)
    expect(moveText(parseMove(JSON.parse(moveText(move)), 'file'))).toBe(moveText(move))
  })

  it('has its keys in the order of the schema', () => {
    expect(Object.keys(JSON.parse(moveText(move)))).toEqual([
      ...['format', 'version', 'id', 'name', 'createdAt', 'old', 'new', 'pairs', 'bridge', 'domains', 'schemas'],
      ...['canary', 'thresholds', 'waivers', 'layout']
    ])
    expect(Object.keys(JSON.parse(moveText(move)).layout)).toEqual(['fra-db1', 'lis-db2'])
  })
})
