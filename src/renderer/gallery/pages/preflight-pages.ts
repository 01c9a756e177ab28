import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the preflight station. */
export const preflightPages: GalleryPages = {
  'preflight-empty': () => ({ kind: 'move', station: 'preflight', open: openMoveIn('checked') }),
  'preflight-done': () => ({ kind: 'move', station: 'preflight', open: openMoveIn('moved') })
}
