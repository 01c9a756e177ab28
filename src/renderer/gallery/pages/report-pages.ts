import { FailureError } from '../../../shared/failure'
import type { Report } from '../../../shared/report'
import { openMoveIn } from '../fixtures/open-move'
import { emptyReport, report } from '../fixtures/report'
import type { GalleryPages, Scene } from '../scene'

const made =
  (built: Report, more: Partial<Extract<Scene, { kind: 'move' }>> = {}) =>
  (): Scene => ({
    kind: 'move',
    station: 'report',
    open: openMoveIn('moved'),
    answers: {
      'report.build': () => built,
      'report.export': () => ({ path: '/home/keller/shop.example.com-2026-11-22.html' })
    },
    ...more
  })

const damaged: Report = {
  ...report,
  summary: { ...report.summary, outcome: 'in-progress', sentence: 'Lisbon takes the writes; 3 steps are open.' },
  canary: null,
  runs: report.runs.map((run) => (run.kind === 'cutover' ? { ...run, state: { kind: 'interrupted' } } : run)),
  journal: {
    ...report.journal,
    intact: false,
    problem: 'Line 4 102 of the journal does not follow from the line before it.'
  }
}

/** The states of the report station. */
export const reportPages: GalleryPages = {
  'report-empty': made(emptyReport, { open: openMoveIn('described') }),
  'report-making': made(report, { answers: {} }),
  'report-failed': made(report, {
    answers: {
      'report.build': () => {
        throw new FailureError({
          kind: 'storage',
          what: 'The journal could not be read.',
          where: 'shop-example-com.journal.jsonl',
          words: 'EACCES: permission denied',
          try: ['Give yourself the right to read the file.']
        })
      }
    }
  }),
  'report-done': made(report),
  'report-damaged': made(damaged),
  'report-statements': made(report, {
    after: async (hands) => {
      await hands.press('Every statement')
      document.querySelectorAll('details')[8]?.setAttribute('open', '')
    }
  }),
  'report-exported': made(report, {
    after: async (hands) => {
      await hands.press('Export')
    }
  })
}
