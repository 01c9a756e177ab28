import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MoveListItem } from '../../shared/contract'
import { fail, failureOf } from '../../shared/failure'
import { type Move, moveSchema, moveVersion } from '../../shared/move'
import { readJsonFile, writeJsonFile } from './json-file'
import { contactsOf, parseMove } from './parse-move'

const keptBackups = 20

export interface MoveProgress {
  openedAt: number
  stationsDone: number
  phase: string
}

/** The moves of one data folder: `moves/<id>/` holds move.json, journal.jsonl, snapshots.json, progress.json and backups/. */
export class Moves {
  constructor(private readonly folder: string) {}

  pathOf(moveId: string, ...rest: string[]): string {
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(moveId))
      throw fail('invalid', 'This is not the id of a move.', { where: moveId.slice(0, 80) })
    return join(this.folder, 'moves', moveId, ...rest)
  }

  async list(): Promise<MoveListItem[]> {
    const names = await readdir(join(this.folder, 'moves')).catch(() => [])
    const items = await Promise.all(
      names.filter((name) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(name)).map((name) => this.item(name))
    )
    return items.sort((a, b) => b.openedAt - a.openedAt)
  }

  private async item(moveId: string): Promise<MoveListItem> {
    const progress = await this.progress(moveId)
    try {
      const move = await this.read(moveId)
      return { id: moveId, name: move.name, old: move.old.name, new: move.new.name, ...progress, broken: null }
    } catch (error) {
      return { id: moveId, name: moveId, old: '', new: '', ...progress, broken: failureOf(error) }
    }
  }

  async progress(moveId: string): Promise<MoveProgress> {
    const kept = (await readJsonFile(this.pathOf(moveId, 'progress.json')).catch(
      () => null
    )) as Partial<MoveProgress> | null
    return {
      openedAt: kept?.openedAt ?? 0,
      stationsDone: kept?.stationsDone ?? 0,
      phase: kept?.phase ?? 'Not connected yet'
    }
  }

  async setProgress(moveId: string, progress: MoveProgress): Promise<void> {
    await writeJsonFile(this.pathOf(moveId, 'progress.json'), progress)
  }

  async create(name: string, oldSite: string, newSite: string): Promise<Move> {
    const move = moveSchema.parse({
      format: 'siteswap.move',
      version: moveVersion,
      id: this.newId(name),
      name,
      createdAt: Date.now(),
      old: { name: oldSite },
      new: { name: newSite }
    })
    await this.write(move)
    return move
  }

  /** A readable part of the name and eight random digits, so that two moves of one shop never share a folder. */
  private newId(name: string): string {
    const words = name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
    return `${words || 'move'}-${randomBytes(4).toString('hex')}`.replace(/^-/, '')
  }

  async read(moveId: string): Promise<Move> {
    const path = this.pathOf(moveId, 'move.json')
    const document = await readJsonFile(path)
    if (document === null)
      throw fail('not-found', 'The move is not there any more.', {
        where: path,
        try: ['Import it again from an exported file.']
      })
    return parseMove(document, path)
  }

  /** Saves and keeps the version before as a backup, the last twenty of them. */
  async write(move: Move): Promise<number> {
    const path = this.pathOf(move.id, 'move.json')
    const backups = this.pathOf(move.id, 'backups')
    const savedAt = Date.now()
    await mkdir(backups, { recursive: true, mode: 0o700 })
    await copyFile(path, join(backups, `${savedAt}.json`)).catch(() => {})
    await writeJsonFile(path, move)
    const old = (await readdir(backups)).sort().slice(0, -keptBackups)
    await Promise.all(old.map((name) => rm(join(backups, name), { force: true })))
    return savedAt
  }

  async remove(moveId: string): Promise<void> {
    await rm(this.pathOf(moveId), { recursive: true, force: true })
  }

  async duplicate(moveId: string): Promise<Move> {
    const original = await this.read(moveId)
    const copy = {
      ...original,
      id: this.newId(original.name),
      name: `${original.name} copy`.slice(0, 120),
      createdAt: Date.now(),
      waivers: []
    }
    await this.write(copy)
    return copy
  }

  /** A move file from anywhere; nothing is kept and nothing is contacted. */
  async readFile(path: string): Promise<Move> {
    const document = await readJsonFile(path)
    if (document === null)
      throw fail('not-found', 'The file does not exist.', {
        where: path,
        try: ['Name a move file: *.siteswap.json, exported by Siteswap.']
      })
    return parseMove(document, path)
  }

  /** Puts a document in the place of the kept one; false when they are the same. The one before becomes a backup. */
  async replace(move: Move): Promise<boolean> {
    const kept = await this.read(move.id).catch(() => null)
    if (JSON.stringify(kept) === JSON.stringify(move)) return false
    await this.write(move)
    return kept !== null
  }

  /** Takes a file in as a move of its own; nothing is contacted. A move with the same id gets a new one unless `keepId`. */
  async importFrom(path: string, keepId = false): Promise<{ move: Move; contacts: string[] }> {
    const parsed = await this.readFile(path)
    const exists = (await readJsonFile(this.pathOf(parsed.id, 'move.json')).catch(() => null)) !== null
    const move = exists && !keepId ? { ...parsed, id: this.newId(parsed.name) } : parsed
    await this.write(move)
    return { move, contacts: contactsOf(move) }
  }

  async exportTo(moveId: string, path: string): Promise<void> {
    await writeJsonFile(path, await this.read(moveId))
  }
}
