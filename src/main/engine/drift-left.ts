import { readFile } from 'node:fs/promises'
import { writeTextFile } from '../store/json-file'
import type { DriftLeft } from './live-drift'

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
  write: (left) => writeTextFile(path, JSON.stringify(left))
})
