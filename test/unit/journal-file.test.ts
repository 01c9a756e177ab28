import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JournalFile } from '../../src/main/store/journal-file'

describe('the journal', () => {
  let folder = ''
  let path = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'))
    path = join(folder, 'journal.jsonl')
  })
  afterEach(() => rm(folder, { recursive: true }))
  const note = (text: string) => ({ type: 'note' as const, run: null, text })

  it('chains its entries and reads them back after a reopen', async () => {
    const journal = await JournalFile.open(path)
    await Promise.all([journal.write(note('one')), journal.write(note('two'))])
    await journal.close()
    const again = await JournalFile.open(path)
    expect(again.problem).toBeNull()
    expect(again.entries.map((entry) => entry.body)).toEqual([note('one'), note('two')])
    expect(again.entries[1]?.prev).toBe(again.entries[0]?.hash)
    await again.close()
  })

  it('forgets a torn tail and goes on from the last whole line', async () => {
    const journal = await JournalFile.open(path)
    await journal.write(note('one'))
    await journal.close()
    await appendFile(path, '{"seq":2,"at":17')
    const again = await JournalFile.open(path)
    expect(again.entries).toHaveLength(1)
    await again.write(note('two'))
    await again.close()
    const third = await JournalFile.open(path)
    expect(third.problem).toBeNull()
    expect(third.entries).toHaveLength(2)
    await third.close()
  })

  it('names a changed line and writes no more', async () => {
    const journal = await JournalFile.open(path)
    await journal.write(note('one'))
    await journal.write(note('two'))
    await journal.close()
    await writeFile(path, (await readFile(path, 'utf8')).replace('one', 'won'))
    const again = await JournalFile.open(path)
    expect(again.problem).toBe('entry 1 was changed after it was written')
    await expect(again.write(note('three'))).rejects.toThrow('damaged')
    await again.close()
  })
})
