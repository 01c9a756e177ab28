import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the replicate station. */
export const replicatePages: GalleryPages = {
  'replicate-empty': () => ({ kind: 'move', station: 'replicate', open: openMoveIn('checked') }),
  'replicate-done': () => ({ kind: 'move', station: 'replicate', open: openMoveIn('moved') })
}
