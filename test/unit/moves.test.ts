import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Moves } from '../../src/main/store/moves'
import { FailureError } from '../../src/shared/failure'

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(FailureError)
  return (error as FailureError).failure
}

describe('moves as documents', () => {
  let folder = ''
  let moves: Moves
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moves-'))
    moves = new Moves(folder)
  })
  afterEach(() => rm(folder, { recursive: true }))
  const put = async (text: string) => {
    const path = join(folder, 'given.json')
    await writeFile(path, text)
    return path
  }

  it('creates, lists, exports and imports a move without losing a field', async () => {
    const move = await moves.create('Shop “Ünïcode”', 'Frankfurt', 'Lisbon')
    expect(move.id).toMatch(/^shop-u-ni-code-[0-9a-f]{8}$/)
    expect(await moves.list()).toMatchObject([
      { id: move.id, name: 'Shop “Ünïcode”', old: 'Frankfurt', new: 'Lisbon', broken: null }
    ])
    const path = join(folder, 'out.siteswap.json')
    await moves.exportTo(move.id, path)
    const taken = await moves.importFrom(path)
    expect(taken.move.id).not.toBe(move.id)
    expect({ ...taken.move, id: move.id }).toEqual(move)
  })

  it('keeps the versions before as backups', async () => {
    const move = await moves.create('Shop', 'A', 'B')
    await moves.write({ ...move, name: 'Shop 2' })
    const backups = await readdir(moves.pathOf(move.id, 'backups'))
    expect(backups).toHaveLength(1)
    expect(JSON.parse(await readFile(moves.pathOf(move.id, 'backups', backups[0] ?? ''), 'utf8'))).toMatchObject({
      name: 'Shop'
    })
  })

  it('names a truncated file and leaves the original as it is', async () => {
    const path = await put('{"format":"siteswap.move","vers')
    expect(await failureOf(moves.importFrom(path))).toMatchObject({
      kind: 'invalid',
      what: 'The file is not complete JSON.',
      where: path
    })
    expect(await readFile(path, 'utf8')).toBe('{"format":"siteswap.move","vers')
    expect(await moves.list()).toEqual([])
  })

  it('names a version from the future', async () => {
    const path = await put('{"format":"siteswap.move","version":9}')
    expect((await failureOf(moves.importFrom(path))).what).toBe(
      'This move was saved by a newer Siteswap (format 9, this one reads 2).'
    )
  })

  it('names each wrong field, unknown keys included', async () => {
    const move = await moves.create('Shop', 'A', 'B')
    const path = await put(
      JSON.stringify({ ...move, surprise: 1, thresholds: { ...move.thresholds, pauseBudgetMs: -1 } })
    )
    const failure = await failureOf(moves.importFrom(path))
    expect(failure.why).toContain('thresholds.pauseBudgetMs')
    expect(failure.why).toContain('surprise')
  })

  it.each([['-oProxyCommand=calc'], ['a;b'], ['`id`'], ['$(id)'], ['user@host'], [''], ['a b'], ['x'.repeat(254)]])(
    'refuses %j as a host',
    async (host) => {
      const move = await moves.create('Shop', 'A', 'B')
      const server = {
        id: 'db',
        name: 'db',
        kind: 'database',
        ssh: [{ host, port: 22, user: 'root', auth: { kind: 'agent' } }]
      }
      const path = await put(JSON.stringify({ ...move, old: { name: 'A', servers: [server] } }))
      expect((await failureOf(moves.importFrom(path))).kind).toBe('invalid')
    }
  )

  it('survives prototype keys, deep nesting and other documents with a sentence', async () => {
    expect((await failureOf(moves.importFrom(await put('{"__proto__":{"format":"siteswap.move"}}')))).what).toBe(
      'This is not a Siteswap move.'
    )
    expect((await failureOf(moves.importFrom(await put(`${'['.repeat(100_000)}`)))).kind).toBe('invalid')
    expect((await failureOf(moves.importFrom(await put('42')))).what).toBe('This is not a Siteswap move.')
    expect((await failureOf(moves.importFrom(join(folder, 'missing.json')))).kind).toBe('not-found')
  })

  it.each([['../../etc'], ['a/b'], ['..'], ['A'], ['']])('takes %j for no id of a move', async (moveId) => {
    expect(() => moves.pathOf(moveId, 'move.json')).toThrow('not the id of a move')
  })

  it('shows a damaged move in the list instead of hiding it', async () => {
    const move = await moves.create('Shop', 'A', 'B')
    await writeFile(moves.pathOf(move.id, 'move.json'), '{')
    expect(await moves.list()).toMatchObject([{ id: move.id, broken: { kind: 'invalid' } }])
  })
})
