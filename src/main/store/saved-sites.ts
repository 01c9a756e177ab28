import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Failure, fail, failureOf } from '../../shared/failure'
import { type Move, moveVersion, type Site } from '../../shared/move'
import { emptyReview, type MoveReview, notIn, reviewOf } from '../../shared/move-review'
import { readJsonFile, writeJsonFile, writeTextFile } from './json-file'
import { moveText } from './move-text'
import { newIdFor } from './new-id'
import { parseMove } from './parse-move'

const idPattern = /^[a-z0-9][a-z0-9-]{0,62}$/

/** A site kept by itself, or why its file cannot be read. */
export interface KeptSite {
  id: string
  site: Site
  failure: Failure | null
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A site stands for the move that has only it: so it goes through the same versions and checks. */
const asMove = (site: unknown, version: unknown): unknown => ({
  ...{ format: 'siteswap.move', version, id: 'site', name: 'site', createdAt: 0 },
  ...{ old: site, new: { name: 'other' } }
})

const parseSite = (document: unknown, path: string): Site => {
  if (isRecord(document) && document.format === 'siteswap.move')
    throw fail('invalid', 'This is a whole move, not a saved site.', {
      where: path,
      try: ['Take it in with Import in the list of moves.']
    })
  if (!isRecord(document) || document.format !== 'siteswap.site')
    throw fail('invalid', 'This is not a saved site.', { where: path, try: ['Save the site again from a move.'] })
  return parseMove(asMove(document.site, document.version), path).old
}

/** What using a site would contact, run and read. */
export const siteReview = (site: Site): MoveReview => reviewOf(parseMove(asMove(site, moveVersion), 'the saved site'))

/** The name, with a number when it is taken. */
const freeName = (name: string, taken: readonly string[]): string => {
  let free = name
  for (let count = 2; taken.includes(free); count += 1) free = `${name.slice(0, 34)} (${count})`
  return free
}

const siteText = (id: string, site: Site): string => {
  const ordered = JSON.parse(moveText(asMove(site, moveVersion) as Move)) as Move
  return `${JSON.stringify({ format: 'siteswap.site', version: moveVersion, id, site: ordered.old }, null, 2)}\n`
}

/** Sites saved by themselves, one JSON file each in `sites/` of the data folder; `sites/allowed/` tells what of them a person here has looked at. */
export class SavedSites {
  constructor(private readonly folder: string) {}

  private pathOf(siteId: string): string {
    if (!idPattern.test(siteId)) throw fail('invalid', 'This is not the id of a saved site.')
    return join(this.folder, 'sites', `${siteId}.json`)
  }

  private allowedPath(siteId: string): string {
    return join(this.folder, 'sites', 'allowed', basename(this.pathOf(siteId)))
  }

  async list(): Promise<KeptSite[]> {
    const names = await readdir(join(this.folder, 'sites')).catch(() => [])
    const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
    const kept = await Promise.all(
      ids
        .filter((id) => idPattern.test(id))
        .map(async (id): Promise<KeptSite> => {
          try {
            return { id, site: await this.read(id), failure: null }
          } catch (error) {
            return { id, site: { name: id, servers: [] }, failure: failureOf(error) }
          }
        })
    )
    return kept.sort((a, b) => a.site.name.localeCompare(b.site.name))
  }

  async read(siteId: string): Promise<Site> {
    const path = this.pathOf(siteId)
    const document = await readJsonFile(path)
    if (document === null)
      throw fail('not-found', 'The saved site is not there any more.', {
        where: path,
        try: ['Look at the list again.']
      })
    return parseSite(document, path)
  }

  /** Saves a site under its name; one of the same name is replaced. Answers its id. */
  async save(site: Site): Promise<string> {
    const known = (await this.list()).find((kept) => kept.failure === null && kept.site.name === site.name)
    const id = known?.id ?? newIdFor(site.name, 'site')
    await writeTextFile(this.pathOf(id), siteText(id, site))
    // Should this not be written, using it asks once more.
    await this.allow(id, siteReview(site)).catch(() => {})
    return id
  }

  /** Takes a file in as a site of its own, beside one of the same name. Nothing of it is allowed until a person has looked at it. */
  async importFrom(path: string): Promise<{ id: string; site: Site }> {
    const document = await readJsonFile(path)
    if (document === null) throw fail('not-found', 'The file does not exist.', { where: path })
    const parsed = parseSite(document, path)
    const names = (await this.list()).map((kept) => kept.site.name)
    const site = { ...parsed, name: freeName(parsed.name, names) }
    const id = newIdFor(site.name, 'site')
    await this.allow(id, emptyReview)
    await writeTextFile(this.pathOf(id), siteText(id, site))
    return { id, site }
  }

  async exportTo(siteId: string, path: string): Promise<void> {
    await writeTextFile(path, siteText(siteId, await this.read(siteId)))
  }

  /** What a site asks for and nobody on this computer has looked at: after an import, or an edit of its file. */
  async notAllowed(siteId: string, site: Site): Promise<MoveReview> {
    const kept = await readJsonFile(this.allowedPath(siteId)).catch(() => emptyReview)
    // A site of a Siteswap that kept no such file was saved here.
    if (kept === null) return emptyReview
    return notIn(siteReview(site), { ...emptyReview, ...(kept as Partial<MoveReview>) })
  }

  async allow(siteId: string, review: MoveReview): Promise<void> {
    await writeJsonFile(this.allowedPath(siteId), review)
  }

  async remove(siteId: string): Promise<void> {
    await rm(this.pathOf(siteId), { force: true })
    await rm(this.allowedPath(siteId), { force: true })
  }
}
