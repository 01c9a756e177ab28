import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { lensOf } from '../../src/main/cli/diff-command'
import { differencesText } from '../../src/main/cli/diff-text'
import { differenceHtml, differenceStyle, differenceStyleHash } from '../../src/main/report/difference-html'
import { differenceMarkdown } from '../../src/main/report/difference-markdown'
import { reportStyleHash } from '../../src/main/report/style'
import { topologySvg } from '../../src/main/report/topology-svg'
import { inOrder } from '../../src/main/topology/diff/in-order'
import { objectDifferences } from '../../src/main/topology/diff/object-differences'
import { linkedTopology } from '../../src/renderer/gallery/fixtures/topologies'
import { sideBySide, textDiffLines } from '../../src/renderer/parts/text-diff-lines'
import type { Difference, TopologyDiff } from '../../src/shared/topology-diff'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
const hidden = /[\u202e\u001b]/
const hostile = '</style><script>alert(1)</script>`;\u202e\u001b[31m ```'
const diffOf = (differences: Difference[]): TopologyDiff => ({
  lens: { kind: 'since', snapshot: 's-1' },
  at: 1_700_000_000_000,
  tookMs: 5,
  before: { name: hostile, at: 1 },
  after: { name: 'now', at: null },
  ...inOrder(differences, { kind: 'since', snapshot: 's-1' }, undefined),
  untold: [{ server: hostile, part: 'objects', why: hostile }],
  gone: [],
  compared: { servers: 2, variables: 3, accounts: 1, objects: 1 },
  planned: null
})
const hostileObjects = objectDifferences(
  'new-db',
  [
    { kind: 'routine', name: hostile, what: 'routine definition', old: `a\n${hostile}`, new: 'b\nc' },
    { kind: 'table', name: 'shop.orders', what: 'exists on one side only', old: 'exists', new: null },
    { kind: 'account', name: 'siteswap@%', what: 'exists on one side only', old: null, new: 'GRANT X; GRANT Y' }
  ],
  'pair',
  { own: [] }
)

describe('objects and accounts', () => {
  it('are judged by what follows, with Siteswap’s own accounts set apart', () => {
    expect(hostileObjects.map((one) => `${one.consequence} ${one.sign} ${one.isText}`)).toEqual([
      'answers changed true',
      'stops removed false',
      'expected added true'
    ])
    expect(hostileObjects[2]?.new).toBe('GRANT X\nGRANT Y')
  })

  it('are told as data in HTML, Markdown and the picture', () => {
    const page = differenceHtml(hostile, diffOf(hostileObjects))
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(hidden)
    expect(page).toContain(`style-src &#39;${reportStyleHash}&#39; &#39;${differenceStyleHash}&#39;`)
    expect(differenceStyleHash).toBe(`sha256-${createHash('sha256').update(differenceStyle).digest('base64')}`)
    const markdown = differenceMarkdown(hostile, diffOf(hostileObjects))
    const outside = markdown.replace(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, '')
    expect(outside).not.toMatch(/(^|[^\\])[<`]/)
    expect(markdown).not.toMatch(hidden)
    const svg = topologySvg(linkedTopology, { old: hostile, new: 'Lisbon' })
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+" /)
    expect(svg).not.toContain('<script')
  })

  it('keep an acceptance only while both values stay', () => {
    const [first] = diffOf(hostileObjects).differences
    if (!first) throw new Error('nothing found')
    const accepted = [{ difference: first.id, seen: first.seen, title: 't', reason: 'known', by: 'dba', at: 1 }]
    const again = (found: Difference[]) =>
      inOrder(found, { kind: 'since', snapshot: 's-2' }, accepted).differences.find((one) => one.id === first.id)
        ?.accepted
    expect(again(hostileObjects)).toEqual({ reason: 'known', by: 'dba', at: 1 })
    expect(again(hostileObjects.map((one) => ({ ...one, seen: `${one.seen}0` })))).toBeNull()
  })

  it('tell at most so many differences, and how many are left out', () => {
    const many = Array.from({ length: 5000 }, (_, n) => ({
      ...(hostileObjects[1] as Difference),
      id: `object||t${n}|x`
    }))
    const { differences, leftOut } = inOrder(many, { kind: 'old-new' }, undefined)
    expect([differences.length, leftOut]).toEqual([3000, 2000])
  })
})

describe('two texts', () => {
  it('are compared by lines, with the words that differ marked', () => {
    const rows = textDiffLines('a\nGRANT SELECT, DELETE ON x\nz', 'a\nGRANT SELECT, DELETE, TRIGGER ON x\nz')
    expect(rows.map((row) => row.kind)).toEqual(['same', 'removed', 'added', 'same'])
    expect(rows[2]?.pieces.filter((piece) => piece.marked).map((piece) => piece.text.trim())).toEqual([',', 'TRIGGER'])
    expect(sideBySide(rows).map((pair) => [pair.left?.kind, pair.right?.kind])).toEqual([
      ['same', 'same'],
      ['removed', 'added'],
      ['same', 'same']
    ])
  })

  it('that are made to be hard are given up, and shown as all removed and all added', () => {
    const text = (seed: number) => Array.from({ length: 20_000 }, (_, n) => String((n * seed) % 9973)).join('\n')
    const kinds = textDiffLines(text(7919), text(104_729)).map((row) => row.kind)
    expect(kinds.filter((kind) => kind === 'removed')).toHaveLength(20_000)
    expect(kinds.filter((kind) => kind === 'added')).toHaveLength(20_000)
    expect(kinds).toHaveLength(40_000)
  })
})

describe('the command', () => {
  const head = (id: string, name: string) => ({ id, name, at: 1, by: 'hand' as const, isWhole: true })
  const heads = [head('s-1', 'before co-masters'), head('s-2', 'before co-masters')]

  it('takes the words of the comparison, and the newest snapshot of a name', () => {
    expect(lensOf([], heads)).toEqual({ kind: 'old-new' })
    expect(lensOf(['plan'], heads)).toEqual({ kind: 'plan' })
    expect(lensOf(['since', 'before', 'co-masters'], heads)).toEqual({ kind: 'since', snapshot: 's-2' })
    expect(lensOf(['since', 's-1'], heads)).toEqual({ kind: 'since', snapshot: 's-1' })
    expect(() => lensOf(['since', 'never'], heads)).toThrow('There is no snapshot')
    expect(() => lensOf(['since'], [])).toThrow('Since which snapshot')
    expect(() => lensOf(['sideways'], heads)).toThrow('is no comparison')
  })

  it('never passes on what a terminal would obey', () => {
    const text = differencesText(diffOf(hostileObjects))
    expect(text).not.toMatch(hidden)
    expect(text).toContain('Stops or breaks the move')
    expect(text).toContain('2 open, 0 accepted, 1 expected, 1 not known')
  })
})
