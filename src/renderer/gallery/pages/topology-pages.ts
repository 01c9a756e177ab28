import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The states of the Topology station. */
export const topologyPages: GalleryPages = {
  'topology-linked': () => ({ kind: 'move', station: 'topology', open: openMoveIn('linked') })
}
