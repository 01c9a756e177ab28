import type { OpenMove } from '../../../shared/contract'
import { FailureError } from '../../../shared/failure'
import type { RunbookPreview } from '../../../shared/runbook'
import { openMoveIn } from '../fixtures/open-move'
import { bypassStop, preflightAgain, preflightBusy, preflightOld, preflightWell } from '../fixtures/preflight-results'
import { run, step } from '../fixtures/runs'
import type { FakeAnswers, GalleryPages, Hands, Scene } from '../scene'

const page = (
  more: Partial<OpenMove>,
  rest: { answers?: FakeAnswers; after?: (hands: Hands) => Promise<void> } = {}
) => ({
  kind: 'move' as const,
  station: 'preflight' as const,
  open: { ...openMoveIn('checked'), ...more },
  ...rest
})

const refused = () => {
  throw new FailureError({
    kind: 'unreachable',
    what: 'lis-db1 does not answer.',
    where: 'hop 2 of 2, lis-db1.lis.internal:22',
    why: 'The connection was closed while the jump host was opening it.',
    try: ['Run the connection doctor of lis-db1 on Sites.', 'Then check again.'],
    code: 'ECONNRESET'
  })
}

const subject = { subject: 'B02:fra-db1' }
const remedy = bypassStop.remedies[0]
const sql = (statements: string[] = []) =>
  ({ kind: 'sql', server: 'fra-db1', session: 'operate', statements, onePacket: false, changes: true }) as const
const applyStep = step({
  id: 'apply-remedy',
  title: 'Apply the remedy',
  group: 'Remedy',
  why: 'Exactly these statements, and no others.',
  actions: [sql(remedy?.statements)],
  undo: { kind: 'actions', actions: [sql(remedy?.undo)] },
  state: 'done',
  evidence: 'asked again: B02 is well'
})
const preview: RunbookPreview = {
  kind: 'remedy',
  title: `Remedy: ${bypassStop.title}`,
  steps: [applyStep],
  confirmWords: null,
  blockers: [],
  warnings: []
}
const applied = run('remedy', preview.title, 1, { steps: [applyStep], facts: subject, endedAt: Date.now() - 20_000 })
const failedRun = run('remedy', preview.title, 1, {
  facts: subject,
  endedAt: Date.now() - 20_000,
  state: {
    kind: 'failed',
    step: 'apply-remedy',
    failure: {
      kind: 'denied',
      what: 'fra-db1 refused the statement.',
      where: 'fra-db1, session operate',
      why: 'The account of Siteswap may not grant or revoke READ ONLY ADMIN.',
      try: ['Run the statement as an administrator of fra-db1, then check again.'],
      words: "Access denied for user 'siteswap'@'localhost' (using password: YES)",
      code: 1045
    }
  },
  steps: [{ ...applyStep, state: 'failed', evidence: null }]
})

const detail = '2 accounts bypass'

/** The states of the preflight station. */
export const preflightPages: GalleryPages = {
  'preflight-empty': (): Scene => page({}),
  'preflight-no-pair': () => page({ move: { ...openMoveIn('checked').move, pairs: [] } }),
  'preflight-running': () => page({ preflight: { kind: 'running', since: Date.now(), last: null } }),
  'preflight-failed': () =>
    page({}, { answers: { 'preflight.run': refused }, after: (hands) => hands.press('Run preflight') }),
  'preflight-todo': () => page({ preflight: preflightBusy }),
  'preflight-drawer': () => page({ preflight: preflightBusy }, { after: (hands) => hands.press(detail) }),
  'preflight-all': () => page({ preflight: preflightBusy }, { after: (hands) => hands.press('All') }),
  'preflight-filter': () =>
    page({ preflight: preflightBusy }, { after: (hands) => hands.type('Filter findings', 'zzz lis-db1') }),
  'preflight-well': () => page({ preflight: preflightWell }),
  'preflight-stale': () => page({ preflight: preflightOld }),
  'preflight-again': () => page({ preflight: preflightAgain }),
  'preflight-again-failed': () =>
    page(
      { preflight: preflightBusy },
      { answers: { 'preflight.run': refused }, after: (hands) => hands.press('Check again') }
    ),
  'preflight-unknown': () => page({ preflight: preflightBusy }, { after: (hands) => hands.press('Not known: DNS') }),
  'preflight-waived': () =>
    page(
      { preflight: preflightBusy },
      {
        after: async (hands) => {
          await hands.press('Waived')
          await hands.press('lis-db1 restarted')
        }
      }
    ),
  'preflight-waive': () =>
    page(
      { preflight: preflightBusy },
      {
        after: async (hands) => {
          await hands.press(detail)
          await hands.press('Waive with a reason')
          await hands.type('Why this may be as it is', 'no')
        }
      }
    ),
  'preflight-remedy': () =>
    page(
      { preflight: preflightBusy },
      {
        answers: { 'runbook.preview': () => preview },
        after: async (hands) => {
          await hands.press(detail)
          await hands.press('Preview and apply')
        }
      }
    ),
  'preflight-applied': () =>
    page({ preflight: preflightBusy, runs: [applied] }, { after: (hands) => hands.press(detail) }),
  'preflight-remedy-done': () =>
    page(
      { preflight: preflightBusy, runs: [applied] },
      {
        after: async (hands) => {
          await hands.press(detail)
          await hands.press('Statements and undo')
        }
      }
    ),
  'preflight-remedy-failed': () =>
    page(
      { preflight: preflightBusy, runs: [failedRun] },
      {
        after: async (hands) => {
          await hands.press(detail)
          await hands.press('Statements and undo')
        }
      }
    )
}
