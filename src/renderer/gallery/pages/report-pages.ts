import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the report station. */
export const reportPages: GalleryPages = {
  'report-empty': () => ({ kind: 'move', station: 'report', open: openMoveIn('checked') }),
  'report-done': () => ({ kind: 'move', station: 'report', open: openMoveIn('moved') })
}
