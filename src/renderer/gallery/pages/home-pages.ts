import type { MoveListItem } from '../../../shared/contract'
import { versions } from '../fixtures/documents'
import { importedReview as imported, savedSites } from '../fixtures/saved-sites'
import { minutesAgo } from '../fixtures/shop-move'
import type { GalleryPages } from '../scene'

const move = (
  name: string,
  old: string,
  target: string,
  stationsDone: number,
  phase: string,
  minutes: number,
  broken: MoveListItem['broken'] = null
): MoveListItem => ({
  id: `${name.replaceAll('.', '-')}-8f21c07a`,
  name,
  old,
  new: target,
  stationsDone,
  phase,
  openedAt: minutes ? minutesAgo(minutes) : 0,
  broken,
  review: null
})

const brokenMove = move('old-intranet', '', '', 0, '', 60 * 24 * 40, {
  kind: 'invalid',
  what: 'This move was saved by a newer Siteswap (format 3, this one reads 2).',
  where: '/home/keller/.config/Siteswap/moves/old-intranet-8f21c07a/move.json',
  try: ['Update Siteswap; the file was not changed.']
})

const moves: MoveListItem[] = [
  move('shop.example.com', 'Frankfurt', 'Lisbon', 5, 'Cutover: rehearsed', 2),
  move('forum.example.net', 'Zürich', 'Vienna', 3, 'Replicate: Seed the new server', 18),
  move('crm.example.org', 'Dublin', 'Madrid', 3, 'Replicate: link stopped', 60),
  move('tickets.example.com', 'Oslo', 'Stockholm', 4, 'Drift: the sites differ', 60 * 26),
  move('wiki.example.org', 'Frankfurt', 'Lisbon', 0, 'Sites: 1 of 4 checked', 60 * 24 * 2),
  move('billing.example.net', 'Paris', 'Warsaw', 7, 'Report: ready', 60 * 24 * 9),
  move(
    'a-very-long-name-of-a-shop-that-somebody-really-has.example.co.uk',
    'Llanfairpwllgwyngyll',
    'Saint-Remy-en-Bouzemont',
    2,
    'Preflight: 3 stops',
    60 * 24 * 12
  ),
  move('Lab shop (m1011)', 'London', 'Brno', 0, 'Not connected yet', 0),
  brokenMove
]

/** The states of the list of moves. */
export const homePages: GalleryPages = {
  'home-empty': () => ({ kind: 'home', moves: [] }),
  'home-empty-no-keychain': () => ({
    kind: 'home',
    moves: [],
    info: {
      keychain: { kind: 'absent', why: 'No secret service answers on this desktop (org.freedesktop.secrets).' }
    }
  }),
  'home-moves': () => ({ kind: 'home', moves }),
  'home-broken': () => ({ kind: 'home', moves, after: (hands) => hands.press('old-intranet') }),
  'home-loading': () => ({ kind: 'home', moves: null }),
  'home-failed': () => ({
    kind: 'home',
    moves: null,
    listFailure: {
      kind: 'storage',
      what: 'The folder of the moves cannot be read.',
      where: '/home/keller/.config/Siteswap/moves',
      why: 'The disk says: permission denied (EACCES).',
      try: ['Give your user the right to read the folder, then look again.']
    }
  }),
  'home-new': () => ({
    kind: 'home',
    moves,
    after: async (hands) => {
      await hands.press('New move')
      await hands.type('Name', 'shop.example.com')
      await hands.type('Old site', 'Frankfurt')
      await hands.type('New site', 'Frankfurt')
    }
  }),
  'home-imported': () => ({
    kind: 'home',
    moves,
    answers: {
      'moves.import': () => ({
        moveId: 'shop',
        review: imported
      }),
      'moves.list': () => moves
    },
    after: (hands) => hands.press('Import')
  }),
  'home-new-saved': () => ({
    kind: 'home',
    moves,
    answers: { 'sites.list': () => savedSites },
    after: async (hands) => {
      await hands.press('New move')
      await hands.type('Name', 'shop.example.com')
      await hands.type('Old site', 'Frankfurt')
      await hands.choose('Begins with', 1, 'lisbon-8f21c07a')
    }
  }),
  'home-sites': () => ({
    kind: 'home',
    moves,
    answers: { 'sites.list': () => savedSites },
    after: (hands) => hands.press('Saved sites')
  }),
  'home-sites-none': () => ({
    kind: 'home',
    moves,
    answers: { 'sites.list': () => [] },
    after: (hands) => hands.press('Saved sites')
  }),
  'home-sites-removing': () => ({
    kind: 'home',
    moves,
    answers: { 'sites.list': () => savedSites },
    after: async (hands) => {
      await hands.press('Saved sites')
      await hands.press('Remove Lisbon')
    }
  }),
  'home-site-imported': () => ({
    kind: 'home',
    moves,
    answers: {
      'sites.list': () => savedSites,
      'sites.import': () => ({ siteId: 'madrid-1', name: 'Madrid', review: imported })
    },
    after: async (hands) => {
      await hands.press('Saved sites')
      await hands.press('Import a site…')
    }
  }),
  'home-not-allowed': () => ({
    kind: 'home',
    moves: [
      {
        ...move('staging.example.com', 'Lisbon', 'Madrid', 0, 'Not connected yet', 0),
        review: { ...imported, commands: [], contacts: ['deploy@203.0.113.66:22'], files: [] }
      },
      ...moves
    ],
    after: async (hands) => {
      await hands.press('staging.example.com')
      await hands.press('Open')
    }
  }),
  'home-duplicate': () => ({
    kind: 'home',
    moves,
    answers: { 'secrets.list': () => ['db/fra-db1', 'db/lis-db2', 'ssh/fra-web1/0/password'] },
    after: async (hands) => {
      await hands.press('More for this move')
      await hands.press('Duplicate…')
    }
  }),
  'home-versions': () => ({
    kind: 'home',
    moves,
    answers: { 'moves.versions': () => versions },
    after: async (hands) => {
      await hands.press('More for this move')
      await hands.press('Earlier versions…')
    }
  }),
  'home-remove': () => ({
    kind: 'home',
    moves,
    after: async (hands) => {
      await hands.press('crm.example.org')
      await hands.press('More for this move')
      await hands.press('Remove…')
    }
  })
}
