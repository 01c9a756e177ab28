import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import { fail } from '../../shared/failure'
import type { SnapshotHead } from '../../shared/topology'
import { readJsonFile, writeJsonFile } from './json-file'
import { writeWhole } from './write-whole'

const headSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().max(200),
  at: z.number(),
  by: z.enum(['hand', 'before-run', 'after-run', 'schedule']),
  isWhole: z.boolean()
})
const pack = promisify(gzip)
const unpack = promisify(gunzip)
const mostBytes = 400 * 1024 * 1024
/** Those made by hand and around runs are never dropped below this many. */
const mostKept = 500

/** Snapshots of one move in a folder of their own: `<id>.json` says what one is, `<id>.facts` (gzip, base64) holds what it knows. */
export class Snapshots {
  private heads: SnapshotHead[] = []

  private constructor(readonly folder: string) {}

  static async open(folder: string): Promise<Snapshots> {
    const snapshots = new Snapshots(folder)
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter((one) => one.endsWith('.json'))) {
      // A damaged one is left where it is and not offered.
      const head = headSchema.safeParse(await readJsonFile(join(folder, name)).catch(() => null)).data
      if (head && name === `${head.id}.json`) snapshots.heads.push(head)
    }
    snapshots.sort()
    return snapshots
  }

  list(): SnapshotHead[] {
    return [...this.heads]
  }

  async read(id: string): Promise<unknown> {
    if (!this.heads.some((head) => head.id === id)) throw fail('not-found', 'There is no such snapshot.', { where: id })
    const path = join(this.folder, `${id}.facts`)
    try {
      const packed = Buffer.from(await readFile(path, 'utf8'), 'base64')
      return JSON.parse((await unpack(packed, { maxOutputLength: mostBytes })).toString('utf8')) as unknown
    } catch (error) {
      throw fail('storage', 'The snapshot cannot be read.', {
        where: path,
        words: error instanceof Error ? error.message : String(error),
        try: ['Compare with another snapshot; this one is damaged.']
      })
    }
  }

  /** `keep`: how many of the schedule stay. */
  async add(head: SnapshotHead, facts: unknown, keep: number): Promise<void> {
    const packed = await pack(Buffer.from(JSON.stringify(facts), 'utf8'))
    await writeWhole(join(this.folder, `${head.id}.facts`), packed.toString('base64'))
    await writeJsonFile(join(this.folder, `${head.id}.json`), head)
    this.heads.push(head)
    this.sort()
    const scheduled = this.heads.filter((one) => one.by === 'schedule')
    const old = new Set(scheduled.slice(0, Math.max(0, scheduled.length - keep)).map((one) => one.id))
    for (const one of this.heads.slice(0, Math.max(0, this.heads.length - mostKept))) old.add(one.id)
    for (const id of old) await this.remove(id)
  }

  async remove(id: string): Promise<void> {
    if (!this.heads.some((head) => head.id === id)) throw fail('not-found', 'There is no such snapshot.', { where: id })
    await rm(join(this.folder, `${id}.json`), { force: true })
    await rm(join(this.folder, `${id}.facts`), { force: true })
    this.heads = this.heads.filter((head) => head.id !== id)
  }

  private sort(): void {
    this.heads.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  }
}
