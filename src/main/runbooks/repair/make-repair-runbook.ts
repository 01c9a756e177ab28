import type { Action, Run, SqlAction } from '../../../shared/runbook'
import type { RepairFacts } from '../../drift/gather-repair'
import type { RepairPair } from '../../drift/repair-statements'
import type { Hands, Runbook, Seen, Step } from '../../runbook/step'

const session = 'repair'

/** Nothing of a repair enters the binary log: it would travel back to the active side over the reverse link. */
const before = [
  'SET SESSION sql_log_bin = 0',
  "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES', time_zone = '+00:00'"
]
const opened = 'SET GLOBAL super_read_only = 0'
const closed = 'SET GLOBAL super_read_only = 1'

const actionOf = (facts: RepairFacts, statements: string[]): SqlAction => ({
  kind: 'sql',
  server: facts.server,
  session,
  statements: [
    ...before,
    ...(facts.superReadOnly ? [opened] : []),
    'START TRANSACTION',
    ...statements,
    'COMMIT',
    ...(facts.superReadOnly ? [closed] : [])
  ],
  onePacket: false,
  changes: true
})

/** The statements of one transaction, without what stands around them. */
const insideOf = (action: Action | undefined): string[] => {
  const statements = action?.kind === 'sql' ? action.statements : []
  return statements.slice(statements.indexOf('START TRANSACTION') + 1, statements.indexOf('COMMIT'))
}

/** The facts of a run that is taken up or taken back: what was shown then, not what would be made now. */
export const repairFactsOf = (run: Run): RepairFacts => {
  const steps = run.steps.filter((step) => step.id.startsWith('repair-'))
  const first = steps[0]?.actions[0]
  const chunks = steps.map((step) => {
    const undo = step.undo.kind === 'actions' ? insideOf(step.undo.actions[0]).reverse() : []
    return insideOf(step.actions[0]).map((statement, index) => ({ statement, undo: undo[index] ?? 'DO 0' }))
  })
  return {
    table: run.facts.subject ?? '',
    server: first?.kind === 'sql' ? first.server : '',
    superReadOnly: first?.kind === 'sql' && first.statements.includes(opened),
    differing: chunks.flat().length,
    chunks,
    blockers: [],
    warnings: []
  }
}

/** A statement that was refused takes its whole chunk back. */
const orRollBack = async (hands: Hands, facts: RepairFacts, action: SqlAction): Promise<void> => {
  try {
    await hands.sql(action)
  } catch (error) {
    const back = ['ROLLBACK', ...(facts.superReadOnly ? [closed] : [])]
    await hands.sql({ ...action, statements: back }).catch(() => {})
    throw error
  }
}

const chunkStep = (chunk: RepairPair[], number: number, of: number): Step<RepairFacts> => {
  let sent = false
  const actions = (facts: RepairFacts): SqlAction =>
    actionOf(
      facts,
      chunk.map((pair) => pair.statement)
    )
  const undo = (facts: RepairFacts): SqlAction =>
    actionOf(
      facts,
      [...chunk].reverse().map((pair) => pair.undo)
    )
  return {
    id: `repair-${number}`,
    group: 'Repair',
    title: of === 1 ? 'Mend the rows' : `Mend rows, part ${number} of ${of}`,
    why: 'One transaction; a row that changed meanwhile does not meet its condition and is left as it is.',
    server: (facts) => facts.server,
    deadlineMs: 60_000,
    actions: ({ fixed }) => [actions(fixed)],
    perform: async (hands, { fixed }) => {
      await orRollBack(hands, fixed, actions(fixed))
      sent = true
    },
    confirm: async () =>
      sent
        ? { done: true, evidence: `${chunk.length} statements were accepted and committed` }
        : { done: false, why: 'The statements were not sent by this session of Siteswap.' },
    undo: ({ fixed }) => ({ kind: 'actions', actions: [undo(fixed)] }),
    performUndo: async (hands, { fixed }) => orRollBack(hands, fixed, undo(fixed))
  }
}

const verifyStep = (verify: () => Promise<Seen>): Step<RepairFacts> => ({
  id: 'verify',
  group: 'Repair',
  title: 'Compare the table again',
  why: 'A repair is done when the rows are seen to be the same.',
  server: (facts) => facts.server,
  deadlineMs: 600_000,
  actions: ({ fixed }) => [{ kind: 'app', text: `Compares ${fixed.table} on both sides.` }],
  perform: async () => {},
  confirm: verify,
  undo: () => ({ kind: 'nothing' })
})

/** Makes the differing rows of one table on the passive side like those of the active one. `verify` compares it anew. */
export const makeRepairRunbook = (facts: RepairFacts, verify: () => Promise<Seen>): Runbook<RepairFacts> => ({
  kind: 'repair',
  title: `Repair: ${facts.table}`,
  facts,
  steps: [...facts.chunks.map((chunk, index) => chunkStep(chunk, index + 1, facts.chunks.length)), verifyStep(verify)],
  confirmWords: null,
  onFailure: 'stop'
})
