import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the cutover station. */
export const cutoverPages: GalleryPages = {
  'cutover-empty': () => ({ kind: 'move', station: 'cutover', open: openMoveIn('checked') }),
  'cutover-done': () => ({ kind: 'move', station: 'cutover', open: openMoveIn('moved') })
}
