import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JournalFile } from '../../src/main/store/journal-file'
import { moveText } from '../../src/main/store/move-text'
import { Moves } from '../../src/main/store/moves'
import { makeSecretNames } from '../../src/main/store/secret-names'
import { writeWhole } from '../../src/main/store/write-whole'
import { type Failure, failureOf } from '../../src/shared/failure'
import type { Move } from '../../src/shared/move'

const mount = (...args: string[]): boolean => {
  try {
    execFileSync('mount', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Mounting needs root; without it these disks cannot be had. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0

describe.runIf(mayMount)('a disk that cannot be written', () => {
  let dir = ''
  let moves: Moves
  let move: Move

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-disk-'))
    expect(mount('-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', dir)).toBe(true)
    moves = new Moves(dir)
    move = await moves.create('Shop', 'Porto', 'Lisbon')
  })
  afterEach(() => {
    execFileSync('umount', [dir])
    rmSync(dir, { recursive: true })
  })

  const path = () => moves.documentPath(move.id)
  const long = (): Move => ({
    ...move,
    schemas: Array.from({ length: 600 }, (_, index) => `schema_with_a_long_name_${index}`)
  })
  /** Leaves this many blocks of 4 KiB. */
  const fill = (blocks: number) => {
    const { bavail } = statfsSync(dir)
    writeFileSync(join(dir, 'filling'), Buffer.alloc((bavail - blocks) * 4096))
    expect(statfsSync(dir).bavail).toBe(blocks)
  }
  const failureOfSaving = (what: Move): Promise<Failure | null> => moves.write(what).then(() => null, failureOf)
  const said = {
    kind: 'storage',
    what: 'The file could not be saved; the old version is kept.',
    try: ['Check that the folder exists, that you may write to it, and that the disk is not full.']
  }

  it.each([0, 1, 2, 5])(
    'because it is full but for %i blocks: the old file stays whole and nothing is left beside it',
    async (blocks) => {
      const before = readFileSync(path(), 'utf8')
      fill(blocks)
      expect(await failureOfSaving(long())).toMatchObject({ ...said, words: expect.stringContaining('ENOSPC') })
      expect(readFileSync(path(), 'utf8')).toBe(before)
      expect(readdirSync(moves.pathOf(move.id)).filter((name) => name.includes('.tmp'))).toEqual([])
      rmSync(join(dir, 'filling'))
      await moves.write(long())
      expect((await moves.read(move.id)).schemas).toHaveLength(600)
    }
  )

  it('because it is full: names of secrets and exports say so and keep what was there', async () => {
    const names = makeSecretNames(join(dir, 'secret-names.json'))
    await names.add('m/db/one', 'm/db/one')
    await moves.write(long())
    const before = readFileSync(join(dir, 'secret-names.json'), 'utf8')
    fill(0)
    expect(await names.add('m/db/two', 'm/db/two').then(() => null, failureOf)).toMatchObject({ kind: 'storage' })
    expect(readFileSync(join(dir, 'secret-names.json'), 'utf8')).toBe(before)
    expect(await names.all()).toEqual(['m/db/one'])
    expect(await moves.exportTo(move.id, join(dir, 'out.json')).then(() => null, failureOf)).toMatchObject(said)
    expect(readdirSync(dir)).not.toContain('out.json')
  })

  it('because it is full: the journal refuses, and goes on unbroken when there is room', async () => {
    const file = moves.pathOf(move.id, 'journal.jsonl')
    const journal = await JournalFile.open(file)
    const note = (text: string) => journal.write({ type: 'note', run: null, text })
    await note('before')
    fill(1)
    expect(await note('x'.repeat(30_000)).then(() => null, failureOf)).toMatchObject({
      kind: 'storage',
      what: 'The journal could not be written, so nothing was sent.',
      words: expect.stringContaining('ENOSPC')
    })
    rmSync(join(dir, 'filling'))
    await note('after')
    await journal.close()
    const again = await JournalFile.open(file)
    expect(again.problem).toBeNull()
    expect(again.entries.map(({ body }) => (body.type === 'note' ? body.text : body.type))).toEqual(['before', 'after'])
    await again.close()
  })

  it('because it is mounted for reading only: says so, and the move can still be read', async () => {
    const before = readFileSync(path(), 'utf8')
    expect(mount('-o', 'remount,ro', dir)).toBe(true)
    expect(await failureOfSaving(long())).toMatchObject({ ...said, words: expect.stringContaining('EROFS') })
    expect(readFileSync(path(), 'utf8')).toBe(before)
    expect(await moves.read(move.id)).toEqual(move)
    expect(await moves.list()).toMatchObject([{ id: move.id, broken: null }])
  })
})

describe('a file that is none', () => {
  let dir = ''
  let moves: Moves
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-odd-'))
    moves = new Moves(dir)
  })
  afterEach(() => rmSync(dir, { recursive: true }))
  const reading = (path: string) => moves.readFile(path).then(() => null, failureOf)

  it.each(['/dev/zero', '/dev/null', '/proc'])('%s is refused before it is read', async (path) => {
    expect(await reading(path)).toMatchObject({ kind: 'invalid', what: 'This is not a file.' })
  })

  it('a pipe nobody writes to is refused at once, a loop of links says what it is', async () => {
    execFileSync('mkfifo', [join(dir, 'pipe')])
    expect(await reading(join(dir, 'pipe'))).toMatchObject({ what: 'This is not a file.' })
    symlinkSync(join(dir, 'loop'), join(dir, 'loop'))
    expect(await reading(join(dir, 'loop'))).toMatchObject({ kind: 'storage', words: expect.stringContaining('ELOOP') })
  })

  it('a document kept elsewhere stays there: saving follows the link', async () => {
    const move = await moves.create('Shop', 'A', 'B')
    mkdirSync(join(dir, 'repo'))
    writeFileSync(join(dir, 'repo/shop.json'), moveText(move))
    rmSync(moves.documentPath(move.id))
    symlinkSync(join(dir, 'repo/shop.json'), moves.documentPath(move.id))
    await moves.write({ ...move, name: 'Shop 2' })
    expect(JSON.parse(readFileSync(join(dir, 'repo/shop.json'), 'utf8')).name).toBe('Shop 2')
    expect(readdirSync(join(dir, 'repo'))).toEqual(['shop.json'])
  })

  it('is written by many at once, and whole', async () => {
    const path = join(dir, 'many.json')
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(50_000))
    await Promise.all(texts.map((text) => writeWhole(path, text)))
    expect(texts).toContain(readFileSync(path, 'utf8'))
    expect(readdirSync(dir)).toEqual(['many.json'])
  })
})

describe('a file with more than a move in it', () => {
  let dir = ''
  let moves: Moves
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-more-'))
    moves = new Moves(dir)
  })
  afterEach(() => rmSync(dir, { recursive: true }))
  const importing = (text: string) => {
    const path = join(dir, 'given.json')
    writeFileSync(path, text)
    return moves.importFrom(path).then(({ move }) => move, failureOf)
  }
  const whole = readFileSync(join(import.meta.dirname, 'moves/version-1-whole.siteswap.json'), 'utf8')

  it.each([
    ['at the top', whole.replace('"version"', '"__proto__": { "polluted": true }, "version"')],
    ['in a server', whole.replace('"addresses"', '"__proto__": { "polluted": true }, "addresses"')],
    ['as a place in the picture', whole.replace('"layout": {', '"layout": { "__proto__": { "x": 1, "y": 2 },')],
    [
      'as constructor',
      whole.replace('"layout": {', '"layout": { "constructor": { "prototype": { "polluted": true } },')
    ]
  ])('__proto__ %s changes no prototype and is not kept', async (_where, text) => {
    const taken = await importing(text)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    if ('id' in taken) {
      expect(Object.getPrototypeOf(taken.layout)).toBe(Object.prototype)
      expect(readFileSync(moves.documentPath(taken.id), 'utf8')).not.toMatch(/__proto__|polluted/)
    } else expect(taken.kind).toBe('invalid')
  })

  it.each([
    ['a byte-order mark', `\uFEFF${whole}`],
    ['lines of Windows', whole.replaceAll('\n', '\r\n')]
  ])('%s is read', async (_what, text) => {
    expect(await importing(text)).toMatchObject({ name: 'shop.example.com' })
  })

  it('UTF-16 is refused with a sentence', async () => {
    const path = join(dir, 'utf16.json')
    writeFileSync(path, Buffer.from(whole, 'utf16le'))
    expect(await moves.importFrom(path).then(() => null, failureOf)).toMatchObject({
      what: 'The file is not complete JSON.'
    })
  })

  it('thousands of servers are too many, and said so', async () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ id: `s${index}`, name: `s${index}`, kind: 'web' }))
    const taken = await importing(JSON.stringify({ ...JSON.parse(whole), old: { name: 'A', servers: many } }))
    expect(taken).toMatchObject({ kind: 'invalid', why: expect.stringContaining('old.servers') })
  })
})
