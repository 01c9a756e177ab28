import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the drift station. */
export const driftPages: GalleryPages = {
  'drift-empty': () => ({ kind: 'move', station: 'drift', open: openMoveIn('checked') }),
  'drift-done': () => ({ kind: 'move', station: 'drift', open: openMoveIn('moved') })
}
