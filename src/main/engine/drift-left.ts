import { readFile } from 'node:fs/promises'
import { inSlices, mapped } from '../drift/slices'
import { writeTextFile } from '../store/json-file'
import type { DriftLeft } from './live-drift'

/** The same text as `JSON.stringify` gives, made table by table. */
const textOf = async (list: readonly object[]): Promise<string> =>
  `[${(await inSlices(mapped(list, (one) => JSON.stringify(one)))).join(',')}]`

const documentOf = async ({ keepsake, ...left }: DriftLeft): Promise<string> => {
  if (!keepsake) return JSON.stringify({ ...left, keepsake })
  const { done, open, ...head } = keepsake
  const lists = `"done":${await textOf(done)},"open":${await textOf(open)}`
  return `{"stopped":${JSON.stringify(left.stopped)},"keepsake":${JSON.stringify(head).slice(0, -1)},${lists}}}`
}

/** Findings of a comparison that still runs, in a file beside the move's journal; a damaged file is no file. */
export const driftLeft = (
  path: string
): { read(): Promise<DriftLeft | null>; write(left: DriftLeft): Promise<void> } => ({
  read: async () => {
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return JSON.parse(text) as DriftLeft
    } catch {
      return null
    }
  },
  write: async (left) => writeTextFile(path, await documentOf(left))
})
