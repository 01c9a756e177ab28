import type { GalleryPages } from '../scene'

/** The states of the list of moves. */
export const homePages: GalleryPages = {
  'home-empty': () => ({ kind: 'home', moves: [] })
}
