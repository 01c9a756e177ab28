import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, fail, failureOf } from '../../shared/failure'
import { type Move, moveVersion, type Site } from '../../shared/move'
import { readJsonFile, writeTextFile } from './json-file'
import { moveText } from './move-text'
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
  if (!isRecord(document) || document.format !== 'siteswap.site')
    throw fail('invalid', 'This is not a saved site.', { where: path, try: ['Save the site again from a move.'] })
  return parseMove(asMove(document.site, document.version), path).old
}

const siteText = (id: string, site: Site): string => {
  const ordered = JSON.parse(moveText(asMove(site, moveVersion) as Move)) as Move
  return `${JSON.stringify({ format: 'siteswap.site', version: moveVersion, id, site: ordered.old }, null, 2)}\n`
}

/** Sites saved by themselves, one JSON file each in `sites/` of the data folder. */
export class SavedSites {
  constructor(private readonly folder: string) {}

  private pathOf(siteId: string): string {
    if (!idPattern.test(siteId)) throw fail('invalid', 'This is not the id of a saved site.')
    return join(this.folder, 'sites', `${siteId}.json`)
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
    const words = site.name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
    const id = known?.id ?? `${words || 'site'}-${randomBytes(4).toString('hex')}`
    await writeTextFile(this.pathOf(id), siteText(id, site))
    return id
  }

  async remove(siteId: string): Promise<void> {
    await rm(this.pathOf(siteId), { force: true })
  }
}
