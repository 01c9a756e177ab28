import type { OpenMove } from '../../../shared/contract'
import { FailureError } from '../../../shared/failure'
import { repaired, repairPreview } from '../fixtures/drift-repair'
import {
  beginning,
  brokenOff,
  certified,
  certifyStatements,
  comparing,
  couponRows,
  differing,
  equal,
  equalOld,
  manyRows,
  partial,
  paused,
  stopped,
  unsure,
  waiting
} from '../fixtures/drift-results'
import { byItself } from '../fixtures/drift-schedules'
import { openMoveIn } from '../fixtures/open-move'
import type { FakeAnswers, GalleryPages, Hands } from '../scene'

const page = (
  more: Partial<OpenMove>,
  after?: (hands: Hands) => Promise<void>,
  answers: FakeAnswers = { 'drift.rows': () => couponRows }
) => ({
  kind: 'move' as const,
  station: 'drift' as const,
  open: { ...openMoveIn('linked'), ...more },
  answers,
  after
})

const lost = () => {
  throw new FailureError({
    kind: 'storage',
    what: 'The rows could not be handed over.',
    try: ['Ask again; if it fails once more, compare again.']
  })
}

/** The states of the drift station. */
export const driftPages: GalleryPages = {
  'drift-empty': () => page({}),
  'drift-not-linked': () => ({ ...page({}), open: openMoveIn('checked') }),
  'drift-no-pair': () => page({ move: { ...openMoveIn('linked').move, pairs: [] } }),
  'drift-beginning': () => page({ drift: beginning }),
  'drift-running': () => page({ drift: comparing }),
  'drift-running-table': () => page({ drift: comparing }, (hands) => hands.press('order_items')),
  'drift-differs': () => page({ drift: differing }),
  'drift-drawer': () => page({ drift: differing }, (hands) => hands.press('coupons')),
  'drift-value': () =>
    page({ drift: differing }, async (hands) => {
      await hands.press('coupons')
      await hands.press('mask personal data')
      const cell = [...document.querySelectorAll<HTMLElement>('td[data-at]')].find(
        (one) => one.dataset.at === '1/new/5'
      )
      cell?.focus()
      await hands.key('Shift')
    }),
  'drift-many': () =>
    page(
      { drift: differing },
      async (hands) => {
        await hands.press('coupons')
        const box = document.querySelector('.drift-rows')
        if (box) box.scrollTop = 30_000
      },
      { 'drift.rows': () => manyRows }
    ),
  'drift-rows-gone': () => page({ drift: differing }, (hands) => hands.press('coupons'), { 'drift.rows': () => [] }),
  'drift-rows-failed': () => page({ drift: differing }, (hands) => hands.press('coupons'), { 'drift.rows': lost }),
  'drift-inconclusive': () => page({ drift: unsure }, (hands) => hands.press('carts')),
  'drift-left-out': () => page({ drift: differing }, (hands) => hands.press('sessions')),
  'drift-equal': () => page({ drift: equal }),
  'drift-stale': () => page({ drift: equalOld }),
  'drift-repair': () =>
    page({ drift: differing }, (hands) => hands.press('Repair…'), {
      'drift.rows': () => couponRows,
      'runbook.preview': () => repairPreview
    }),
  'drift-repaired': () => page({ drift: differing, runs: [repaired] }, (hands) => hands.press('coupons')),
  'drift-certified': () => page({ drift: certified }),
  'drift-partial': () => page({ drift: partial }),
  'drift-paused': () => page({ drift: paused }),
  'drift-waiting': () => page({ drift: waiting }),
  'drift-choices': () => page({ drift: equal }, (hands) => hands.press('With choices…')),
  'drift-certify': () =>
    page(
      { drift: equal },
      async (hands) => {
        await hands.press('With choices…')
        await hands.press('At one position')
      },
      { 'drift.plan': () => certifyStatements }
    ),
  'drift-certify-refused': () =>
    page(
      { drift: equal },
      async (hands) => {
        await hands.press('With choices…')
        await hands.press('At one position')
      },
      { 'drift.plan': lost }
    ),
  'drift-failed': () => page({ drift: brokenOff }),
  'drift-stopped': () => page({ drift: stopped }),
  'drift-start-refused': () => page({ drift: equal }, (hands) => hands.press('Compare again'), { 'drift.start': lost }),
  'drift-objects': () => page({ drift: differing }, (hands) => hands.press('Schema and objects')),
  'drift-objects-view': () =>
    page({ drift: differing }, async (hands) => {
      await hands.press('Schema and objects')
      await hands.press('shop.order_totals')
    }),
  'drift-by-itself-equal': () => page({ drift: equal, ...byItself.equal }),
  'drift-by-itself-late': () => page({ drift: differing, ...byItself.late }),
  'drift-by-itself-missed': () => page(byItself.missed),
  'drift-by-itself-failed': () => page({ drift: brokenOff, ...byItself.failed }),
  'drift-by-itself-waiting': () => page({ drift: equalOld, ...byItself.waiting }),
  'drift-by-itself-comparing': () => page({ drift: comparing, ...byItself.comparing }),
  'drift-by-itself-choice': () => page({ drift: equal, ...byItself.equal }, (hands) => hands.press('Daily at 02:00')),
  'drift-by-itself-wrong': () =>
    page({ drift: equal }, async (hands) => {
      await hands.press('By itself…')
      await hands.press('Every day')
      await hands.type('At', '25:00')
    }),
  'drift-objects-equal': () => page({ drift: equal }, (hands) => hands.press('Schema and objects'))
}
