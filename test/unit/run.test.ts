import { describe, expect, it } from 'vitest'
import { foldRuns } from '../../src/main/runbook/fold'
import { type Reaching, type RunDeps, startRun } from '../../src/main/runbook/run'
import type { Runbook, Step } from '../../src/main/runbook/step'
import { fail } from '../../src/shared/failure'
import type { JournalBody, JournalEntry } from '../../src/shared/journal'
import { isTakenUp } from '../../src/shared/runbook'

/** A toy server: a set of things that are so. */
const world = () => {
  const so = new Set<string>()
  const sent: string[] = []
  const entries: JournalEntry[] = []
  const reaching: Reaching = {
    sql: async (action) => {
      for (const statement of action.statements) {
        sent.push(statement)
        const [verb, thing = ''] = statement.split(' ')
        if (verb === 'fail') throw fail('server', 'The server refused.')
        if (verb === 'do') so.add(thing)
        if (verb === 'undo') so.delete(thing)
      }
      return []
    },
    read: async () => [],
    command: async () => ({ code: 0, stdout: '', stderr: '' }),
    look: async () => ({ code: 0, stdout: '', stderr: '' })
  }
  const deps: RunDeps = {
    write: async (body: JournalBody) => {
      const entry = { seq: entries.length + 1, at: entries.length, mono: 0, prev: '', hash: '', body }
      entries.push(entry)
      return entry
    },
    reaching,
    now: () => performance.now(),
    onRun: () => {}
  }
  return { so, sent, entries, deps }
}

const step = (id: string, so: Set<string>, more: Partial<Step<null>> = {}): Step<null> => ({
  id,
  group: 'g',
  title: id,
  why: '',
  server: () => 'db',
  actions: () => [
    { kind: 'sql', server: 'db', session: 'operate', statements: [`do ${id}`], onePacket: false, changes: true }
  ],
  snapshot: async () => [...so],
  confirm: async () =>
    so.has(id)
      ? { done: true, evidence: `${id} is so`, learned: { [id]: 'yes' } }
      : { done: false, why: `${id} is not so` },
  undo: () => ({
    kind: 'actions',
    actions: [
      { kind: 'sql', server: 'db', session: 'operate', statements: [`undo ${id}`], onePacket: false, changes: true }
    ]
  }),
  deadlineMs: 50,
  ...more
})
const book = (steps: Step<null>[], onFailure: 'stop' | 'undo' = 'stop'): Runbook<null> => ({
  kind: 'link',
  title: 't',
  facts: null,
  steps,
  confirmWords: null,
  onFailure
})
const start = { runId: 'r1', operator: 'me', epoch: 1, identities: {} }

describe('a run', () => {
  it('journals the intent before the effect and the observation after it', async () => {
    const { so, entries, deps } = world()
    const run = await startRun(book([step('a', so), step('b', so)]), deps, start).ended
    expect(run.state).toEqual({ kind: 'done' })
    expect(entries.map((entry) => entry.body.type)).toEqual([
      'run-started',
      'intent',
      'observed',
      'intent',
      'observed',
      'state'
    ])
    expect(run.facts).toEqual({ a: 'yes', b: 'yes' })
  })

  it('fails a step that is not observed, although its statement returned', async () => {
    const { so, deps } = world()
    const run = await startRun(
      book([step('a', so, { confirm: async () => ({ done: false, why: 'still not' }) })]),
      deps,
      start
    ).ended
    expect(run.state).toMatchObject({ kind: 'failed', step: 'a', failure: { kind: 'timeout', why: 'still not' } })
  })

  it('puts everything back in reverse order when a careful runbook fails before its point', async () => {
    const { so, sent, deps } = world()
    const bad = step('c', so, {
      actions: () => [
        { kind: 'sql', server: 'db', session: 's', statements: ['fail c'], onePacket: false, changes: true }
      ]
    })
    const run = await startRun(book([step('a', so), step('b', so), bad], 'undo'), deps, start).ended
    expect(run.state.kind).toBe('aborted')
    expect([...so]).toEqual([])
    expect(sent).toEqual(['do a', 'do b', 'fail c', 'undo c', 'undo b', 'undo a'])
  })

  it('does not abort past the point of no return', async () => {
    const { so, deps } = world()
    const slow = step('b', so, { pointOfNoReturn: true, perform: async (hands) => hands.person('do it') })
    const handle = startRun(book([step('a', so), slow], 'undo'), deps, start)
    await expect.poll(() => handle.current().state.kind).toBe('waiting')
    await expect(handle.abort('me')).rejects.toThrow('point of no return')
    so.add('b')
    handle.personDone('b', 'me')
    expect((await handle.ended).state.kind).toBe('done')
  })

  it('resumes after a crash without sending again what is observed to be so', async () => {
    const { so, sent, entries, deps } = world()
    await startRun(book([step('a', so), step('b', so)]), deps, start).ended
    const cut = entries.findIndex((entry) => entry.body.type === 'observed' && entry.body.step === 'b')
    const resume = foldRuns(entries.slice(0, cut)).get('r1')
    sent.length = 0
    const run = await startRun(book([step('a', so), step('b', so)]), deps, { ...start, resume }).ended
    expect(run.state.kind).toBe('done')
    expect(sent).toEqual([])
    expect(run.steps[1]?.evidence).toContain('found so after a restart')
  })

  it('is taken up before anything goes on, and remembers when', async () => {
    const { so, entries, deps } = world()
    await startRun(book([step('a', so)]), deps, start).ended
    const cut = entries.findIndex((entry) => entry.body.type === 'observed')
    const resume = foldRuns(entries.slice(0, cut)).get('r1')
    const seen: boolean[] = []
    const run = await startRun(
      book([step('a', so)]),
      { ...deps, onRun: (now) => seen.push(isTakenUp(now)) },
      {
        ...start,
        resume
      }
    ).ended
    expect(seen[0]).toBe(true)
    expect(seen.slice(1)).toEqual(seen.slice(1).map(() => false))
    expect(run.takenUpAt).toBe(entries.find(({ body }) => body.type === 'state' && body.state.kind === 'running')?.at)
  })

  it('undoes a finished run when asked', async () => {
    const { so, entries, deps } = world()
    await startRun(book([step('a', so), step('b', so)]), deps, start).ended
    const run = await startRun(book([step('a', so), step('b', so)]), deps, {
      ...start,
      resume: foldRuns(entries).get('r1'),
      undo: true
    }).ended
    expect(run.state.kind).toBe('undone')
    expect([...so]).toEqual([])
  })

  it('halts when putting back fails, and says so', async () => {
    const { so, entries, deps } = world()
    const stuck = step('a', so, { undo: () => ({ kind: 'impossible', why: 'it cannot' }) })
    await startRun(book([stuck]), deps, start).ended
    const run = await startRun(book([stuck]), deps, { ...start, resume: foldRuns(entries).get('r1'), undo: true }).ended
    expect(run.state).toMatchObject({ kind: 'halted' })
  })
})
