import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { duplicateMove, removeMove } from '../../src/main/engine/move-shelf'
import { Moves } from '../../src/main/store/moves'
import { makeSecrets, type SecretStore } from '../../src/main/store/secrets'
import { lockable } from './lockable-keychain'

describe('a move on the shelf', () => {
  let dir = ''
  let moves: Moves
  let secrets: SecretStore
  let keychain: ReturnType<typeof lockable>

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-shelf-'))
    moves = new Moves(dir)
    keychain = lockable()
    secrets = makeSecrets({ dir, fork: keychain.fork, environment: {} })
  })
  afterEach(() => {
    secrets.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const shop = async (): Promise<string> => {
    const { id } = await moves.create('Shop', 'Porto', 'Lisbon')
    await secrets.set(id, 'db/old-db1', 'kept', 'keychain')
    await secrets.set(id, 'db/new-db1', 'remembered', 'session')
    return id
  }

  it('is copied with its passwords, each kept where the original is', async () => {
    const copy = await duplicateMove(moves, secrets, await shop())
    expect(copy.missed).toEqual([])
    expect(await secrets.get(copy.moveId, 'db/old-db1')).toBe('kept')
    expect(await secrets.state(copy.moveId, 'db/new-db1')).toEqual({ kind: 'kept', where: 'session' })
  })

  it('is copied although the keychain is locked, and the passwords it lacks are named', async () => {
    const id = await shop()
    keychain.chain.locked = true
    const copy = await duplicateMove(moves, secrets, id)
    expect(copy.missed).toEqual(['db/old-db1'])
    expect(await secrets.get(copy.moveId, 'db/new-db1')).toBe('remembered')
    expect((await moves.read(copy.moveId)).name).toBe('Shop copy')
  })

  it('takes its passwords with it when it is removed', async () => {
    expect(await removeMove(moves, secrets, await shop())).toEqual({ left: null })
    expect([...keychain.chain.held]).toEqual([['siteswap/keychain', 'open']])
    expect(await moves.list()).toEqual([])
  })

  it('is removed although the keychain is locked, and says what stayed', async () => {
    const id = await shop()
    keychain.chain.locked = true
    const { left } = await removeMove(moves, secrets, id)
    expect(left).toContain('keychain')
    expect(await moves.list()).toEqual([])
  })
})
