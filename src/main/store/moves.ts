import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MoveListItem } from '../../shared/contract'
import { fail, failureOf } from '../../shared/failure'
import { type Move, moveSchema, moveVersion, type Site } from '../../shared/move'
import { emptyReview, isEmptyReview, type MoveReview, notIn, reviewOf } from '../../shared/move-review'
import { parseJson, readJsonFile, readTextFile, writeJsonFile, writeTextFile } from './json-file'
import { moveText } from './move-text'
import { newIdFor } from './new-id'
import { parseMove } from './parse-move'
import { keepVersion, keepVersionOf, type Version, versionsIn, versionText } from './versions'

/** Edits made in one go are one earlier version. */
const oneGoMs = 60_000

export interface MoveProgress {
  openedAt: number
  stationsDone: number
  phase: string
}

/** A document as it lies on disk. */
export interface KeptMove {
  move: Move
  text: string
}

/** The moves of one data folder: `moves/<id>/` holds move.json, allowed.json, journal.jsonl, progress.json and backups/. */
export class Moves {
  private readonly lastVersion = new Map<string, number>()

  constructor(readonly folder: string) {}

  pathOf(moveId: string, ...rest: string[]): string {
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(moveId))
      throw fail('invalid', 'This is not the id of a move.', { where: moveId.slice(0, 80) })
    return join(this.folder, 'moves', moveId, ...rest)
  }

  documentPath(moveId: string): string {
    return this.pathOf(moveId, 'move.json')
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
      const review = await this.notAllowed(move)
      const asks = isEmptyReview(review) ? null : review
      return {
        id: moveId,
        name: move.name,
        old: move.old.name,
        new: move.new.name,
        ...progress,
        broken: null,
        review: asks
      }
    } catch (error) {
      return { id: moveId, name: moveId, old: '', new: '', ...progress, broken: failureOf(error), review: null }
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

  /** A new document of two sites, each with the servers it is given. */
  async create(name: string, oldSite: string | Site, newSite: string | Site): Promise<Move> {
    const site = (given: string | Site) => (typeof given === 'string' ? { name: given } : given)
    const move = moveSchema.parse({
      format: 'siteswap.move',
      version: moveVersion,
      id: newIdFor(name, 'move'),
      name,
      createdAt: Date.now(),
      old: site(oldSite),
      new: site(newSite)
    })
    await this.write(move)
    return move
  }

  async read(moveId: string): Promise<Move> {
    return (await this.readKept(moveId)).move
  }

  /** The document with its text, to tell later whether somebody else wrote it. */
  async readKept(moveId: string): Promise<KeptMove> {
    const path = this.documentPath(moveId)
    const text = await this.text(moveId)
    if (text === null)
      throw fail('not-found', 'The move is not there any more.', {
        where: path,
        try: ['Restore an earlier version of it, or import it again from an exported file.']
      })
    return { text, move: this.parse(moveId, text) }
  }

  /** What lies on disk; null when there is no file. */
  text(moveId: string): Promise<string | null> {
    return readTextFile(this.documentPath(moveId))
  }

  /** A text as this move; one of another move is refused. */
  parse(moveId: string, text: string): Move {
    const path = this.documentPath(moveId)
    const move = parseMove(parseJson(text, path), path)
    if (move.id !== moveId)
      throw fail('invalid', 'The file holds another move.', {
        where: path,
        why: `It says id “${move.id}”, and lies in the folder of “${moveId}”.`,
        try: ['Put the id back, or import the file as a move of its own.']
      })
    return move
  }

  /** Saves and answers the text on disk; all it asks for counts as allowed, unless `allowed` says what does. */
  async write(move: Move, more: { keepBefore?: boolean; allowed?: MoveReview } = {}): Promise<string> {
    const path = this.documentPath(move.id)
    const versions = this.pathOf(move.id, 'backups')
    const text = moveText(move)
    const paused = Date.now() - (this.lastVersion.get(move.id) ?? 0) >= oneGoMs
    // What somebody else wrote is kept whatever it costs; a routine save must not fail for want of a backup.
    if (more.keepBefore) await keepVersionOf(versions, path)
    const kept = paused && !more.keepBefore && (await keepVersionOf(versions, path).catch(() => false))
    if (more.allowed) await this.allow(move.id, more.allowed)
    await writeTextFile(path, text)
    if (kept) this.lastVersion.set(move.id, Date.now())
    // When this cannot be written, the next opening asks once more.
    if (!more.allowed) await this.allow(move.id, reviewOf(move)).catch(() => {})
    return text
  }

  /** Keeps a document that is about to be lost among the earlier versions. */
  async keep(move: Move, savedAt: number): Promise<void> {
    await keepVersion(this.pathOf(move.id, 'backups'), moveText(move), savedAt)
  }

  versions(moveId: string): Promise<Version[]> {
    return versionsIn(this.pathOf(moveId, 'backups'))
  }

  /** An earlier version as a document. */
  async version(moveId: string, versionId: string): Promise<Move> {
    const text = await versionText(this.pathOf(moveId, 'backups'), versionId)
    if (text === null)
      throw fail('not-found', 'This earlier version is not there any more.', { try: ['Look at the list again.'] })
    return this.parse(moveId, text)
  }

  /** What the document asks for and nobody on this computer has allowed: after an import, or an edit while the app was closed. */
  async notAllowed(move: Move): Promise<MoveReview> {
    const kept = await readJsonFile(this.pathOf(move.id, 'allowed.json')).catch(() => emptyReview)
    // A move of a Siteswap that kept no such file was made or imported here.
    if (kept === null) return emptyReview
    return notIn(reviewOf(move), { ...emptyReview, ...(kept as Partial<MoveReview>) })
  }

  async allow(moveId: string, review: MoveReview): Promise<void> {
    const path = this.pathOf(moveId, 'allowed.json')
    const known = await readJsonFile(path).catch(() => null)
    if (JSON.stringify(known) !== JSON.stringify(review)) await writeJsonFile(path, review)
  }

  async remove(moveId: string): Promise<void> {
    await rm(this.pathOf(moveId), { recursive: true, force: true })
  }

  async duplicate(moveId: string): Promise<Move> {
    const original = await this.read(moveId)
    const copy = {
      ...original,
      id: newIdFor(original.name, 'move'),
      name: `${original.name} copy`.slice(0, 120),
      createdAt: Date.now(),
      waivers: []
    }
    await this.write(copy, { allowed: notIn(reviewOf(copy), await this.notAllowed(original)) })
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
    const kept = await this.text(move.id)
    if (kept === moveText(move)) {
      await this.allow(move.id, reviewOf(move))
      return false
    }
    await this.write(move, { keepBefore: kept !== null })
    return kept !== null
  }

  /** Takes a file in as a move of its own. Nothing of it is allowed until a person has looked at it, unless `trusted`, which also keeps its id. */
  async importFrom(path: string, trusted = false): Promise<{ move: Move; review: MoveReview }> {
    const parsed = await this.readFile(path)
    const exists = (await readTextFile(this.documentPath(parsed.id)).catch(() => '')) !== null
    const move = exists && !trusted ? { ...parsed, id: newIdFor(parsed.name, 'move') } : parsed
    await this.write(move, trusted ? { keepBefore: true } : { allowed: emptyReview })
    return { move, review: reviewOf(move) }
  }

  async exportTo(moveId: string, path: string): Promise<void> {
    await writeTextFile(path, moveText(await this.read(moveId)))
  }
}
