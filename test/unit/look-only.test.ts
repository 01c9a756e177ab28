import { describe, expect, it } from 'vitest'
import type { Reach } from '../../src/main/reach/reach'
import { previewSteps } from '../../src/main/runbook/preview'
import { startRun } from '../../src/main/runbook/run'
import type { Runbook, Step } from '../../src/main/runbook/step'
import { makeReaching } from '../../src/main/runbooks/hands'
import { failureOf } from '../../src/shared/failure'
import type { JournalEntry } from '../../src/shared/journal'
import { actionRefused, markOf } from '../../src/shared/look-only'
import { type Move, moveSchema } from '../../src/shared/move'
import { refusalsIn, withRefusals } from '../../src/shared/refused-steps'
import type { Action } from '../../src/shared/runbook'

const server = (id: string, more: object = {}) => ({ id, name: id, kind: 'other', ...more })
const move: Move = moveSchema.parse({
  format: 'siteswap.move',
  version: 2,
  id: 'm',
  name: 'm',
  createdAt: 0,
  old: {
    name: 'Old',
    mark: { label: 'production', colour: 'rose' },
    servers: [server('locked', { lookOnly: true }), server('odd', { mark: { label: 'staging', colour: 'olive' } })]
  },
  new: { name: 'New', servers: [server('free')] }
})

const sql = (on: string, changes: boolean): Action => ({
  kind: 'sql',
  server: on,
  session: 'operate',
  statements: ['SET GLOBAL read_only = 1'],
  onePacket: false,
  changes
})
const command = (on: string): Action => ({ kind: 'command', server: on, command: 'true', input: null, changes: true })

/** A reach that writes down who was asked for anything. */
const reachOf = (of: Move) => {
  const asked: string[] = []
  const session = { query: async () => [], packet: async () => [] }
  const reach = {
    move: of,
    session: async (id: string) => {
      asked.push(id)
      return session
    },
    ssh: async (id: string) => {
      asked.push(id)
      return { exec: async () => ({ code: 0, stdout: '', stderr: '' }) }
    }
  } as unknown as Reach
  return { asked, reach }
}

const step = (id: string, actions: Action[], more: Partial<Step<null>> = {}): Step<null> => ({
  id,
  group: 'g',
  title: `Step ${id}`,
  why: '',
  server: () => 'locked',
  actions: () => actions,
  confirm: async () => ({ done: true, evidence: 'so' }),
  undo: () => ({ kind: 'nothing' }),
  deadlineMs: 100,
  ...more
})
const runbook = (steps: Step<null>[]): Runbook<null> => ({
  kind: 'link',
  title: 'Toy',
  facts: null,
  steps,
  confirmWords: null,
  onFailure: 'stop'
})

describe('a server that may only be looked at', () => {
  it('gets no statement and no command that changes it, and is not even connected to for one', async () => {
    const { asked, reach } = reachOf(move)
    const hands = makeReaching(reach)
    for (const action of [sql('locked', true), command('locked')]) {
      const sent = action.kind === 'sql' ? hands.sql(action) : hands.command(action as never, { deadlineMs: 10 })
      expect(await sent.then(() => null, failureOf)).toMatchObject({ kind: 'denied', where: 'locked' })
    }
    expect(asked).toEqual([])
    await hands.sql(sql('locked', false) as never)
    await hands.command(command('free') as never, { deadlineMs: 10 })
    expect(asked).toEqual(['locked', 'free'])
  })

  it('is asked of the move as it is now, so that taking the mark off is enough', () => {
    const freed = {
      ...move,
      old: { ...move.old, servers: move.old.servers.map((one) => ({ ...one, lookOnly: undefined })) }
    }
    expect(actionRefused(move, sql('locked', true))?.what).toContain('only look')
    expect(actionRefused(freed, sql('locked', true))).toBeNull()
  })

  it('stops a step that sends in a way of its own before it begins', async () => {
    const { reach } = reachOf(move)
    const entries: JournalEntry[] = []
    let performed = false
    const own = step('own', [command('locked')], {
      perform: async () => {
        performed = true
      }
    })
    const handle = startRun(
      runbook([own]),
      {
        write: async (body) => {
          const entry = { seq: entries.length + 1, at: 0, mono: 0, prev: '', hash: '', body }
          entries.push(entry)
          return entry
        },
        reaching: makeReaching(reach),
        now: () => performance.now(),
        onRun: () => {}
      },
      { runId: 'r', operator: 'me', epoch: 1, identities: {} }
    )
    const run = await handle.ended
    expect(run.state).toMatchObject({ kind: 'failed', step: 'own', failure: { kind: 'denied' } })
    expect(performed).toBe(false)
    expect(entries.some(({ body }) => body.type === 'intent')).toBe(false)
  })

  it('is named by the preview, with the steps that would be refused', () => {
    const { refusal } = makeReaching(reachOf(move).reach)
    const steps = previewSteps(
      runbook([step('a', [sql('locked', true)]), step('b', [sql('free', true)]), step('c', [command('locked')])])
    )
    expect(withRefusals(steps, refusal).map((one) => Boolean(one.refused))).toEqual([true, false, true])
    expect(refusalsIn(steps, refusal).map(({ where, why }) => [where, why])).toEqual([
      ['locked', 'Refused steps: “Step a”, “Step c”.']
    ])
  })
})

describe('a mark', () => {
  it('is the server’s own, else that of its site', () => {
    expect(['locked', 'odd', 'free'].map((id) => markOf(move, id)?.label)).toEqual(['production', 'staging', undefined])
  })
})
