import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the Sites station. */
export const sitesPages: GalleryPages = {
  'sites-empty': () => ({ kind: 'move', station: 'sites', open: openMoveIn('new') }),
  'sites-checked': () => ({ kind: 'move', station: 'sites', open: openMoveIn('checked') })
}
