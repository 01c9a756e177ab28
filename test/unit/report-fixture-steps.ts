import type { Action, StepRun } from '../../src/shared/runbook'
import { at } from './report-fixture-time'

/** Statements of one session. */
export const sql = (server: string, session: string, ...statements: string[]): Action => ({
  kind: 'sql',
  server,
  session,
  statements,
  onePacket: statements.length > 1,
  changes: true
})

interface StepSketch {
  id: string
  group: string
  title: string
  server: string
  start: number
  ms: number
  actions: Action[]
  evidence: string | null
  state?: StepRun['state']
  pointOfNoReturn?: boolean
}

/** A step that ran. */
export const stepOf = (sketch: StepSketch): StepRun => ({
  id: sketch.id,
  group: sketch.group,
  title: sketch.title,
  why: '',
  server: sketch.server,
  actions: sketch.actions,
  undo: { kind: 'nothing' },
  pointOfNoReturn: sketch.pointOfNoReturn ?? false,
  expectMs: null,
  state: sketch.state ?? 'done',
  startedAt: at(sketch.start),
  endedAt: at(sketch.start + sketch.ms),
  ms: sketch.ms,
  evidence: sketch.evidence,
  failure: null,
  progress: null
})
