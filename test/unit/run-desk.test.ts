import { describe, expect, it } from 'vitest'
import { makeRunDesk } from '../../src/main/engine/run-desk'
import type { Runbook } from '../../src/main/runbook/step'
import type { JournalEntry } from '../../src/shared/journal'

const empty: Runbook<unknown> = {
  kind: 'link',
  title: 'Nothing',
  facts: null,
  steps: [],
  confirmWords: null,
  onFailure: 'stop'
}

const desk = (prepared: Promise<void>, booksClosed: Promise<void> = Promise.resolve()) => {
  const entries: JournalEntry[] = []
  return makeRunDesk({
    operator: 'me',
    reaching: {
      sql: async () => [],
      read: async () => [],
      command: async () => ({ code: 0, stdout: '', stderr: '' }),
      look: async () => ({ code: 0, stdout: '', stderr: '' })
    },
    journal: {
      entries,
      write: async (body) => {
        const entry = { seq: entries.length + 1, at: entries.length, mono: 0, prev: '', hash: '', body }
        entries.push(entry)
        return entry
      }
    },
    make: async () => ({ runbook: empty, blockers: [], warnings: [] }),
    identities: async () => ({}),
    keepsake: async (_kind, when) => {
      await (when === 'before' ? prepared : booksClosed)
      return {}
    },
    onRun: () => {}
  })
}

describe('the desk of runs', () => {
  it('begins no second run while the first is still being prepared', async () => {
    let goOn = () => {}
    const prepared = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const runs = desk(prepared)
    const first = runs.start('rehearsal', null, null)
    await expect(runs.start('cutover', null, 'go')).rejects.toThrow('Another run is about to begin.')
    goOn()
    expect((await (await first).ended).state.kind).toBe('done')
    expect((await (await runs.start('link', null, null)).ended).state.kind).toBe('done')
  })

  it('does not call a run running whose books are still being closed, and begins the next one after that', async () => {
    let closeBooks = () => {}
    const booksClosed = new Promise<void>((resolve) => {
      closeBooks = resolve
    })
    const runs = desk(Promise.resolve(), booksClosed)
    const first = await runs.start('rehearsal', null, null)
    await expect.poll(() => runs.runs()[0]?.state.kind).toBe('done')
    expect((await runs.preview('cutover', null)).blockers).toEqual([])
    let hasBegun = false
    const second = runs.start('link', null, null).then((started) => {
      hasBegun = true
      return started
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(hasBegun).toBe(false)
    closeBooks()
    expect((await (await second).ended).state.kind).toBe('done')
    expect((await first.ended).state.kind).toBe('done')
  })
})
