import type { Discovery } from '../../../shared/discovery'
import { FailureError } from '../../../shared/failure'
import { foundDiscovery, hostileDiscovery, largeDiscovery, namedDiscovery } from '../fixtures/discoveries'
import { openMoveIn } from '../fixtures/open-move'
import type { FakeAnswers, GalleryPages, Hands, Scene } from '../scene'

const searching = (answers: FakeAnswers, after: (hands: Hands) => Promise<void>): Scene => ({
  kind: 'move',
  station: 'sites',
  open: openMoveIn('checked'),
  command: 'discover',
  answers,
  after
})

const found = (discovery: Discovery, after: (hands: Hands) => Promise<void> = async () => undefined): Scene =>
  searching({ 'discovery.start': () => discovery }, async (hands) => {
    await hands.press('Discover servers')
    await after(hands)
  })

/** The states of the search for servers. */
export const discoverPages: GalleryPages = {
  'discover-begin': () => searching({}, async () => undefined),
  'discover-empty': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('new'),
    command: 'discover',
    sessions: 0
  }),
  'discover-asking': () => searching({}, (hands) => hands.press('Discover servers')),
  'discover-named': () => found(namedDiscovery, (hands) => hands.press('Tick all')),
  'discover-found': () => found(foundDiscovery, (hands) => hands.press('Tick all')),
  'discover-fill': () => found(foundDiscovery, (hands) => hands.press('Fill in and add server id 108')),
  'topology-found': () =>
    found(foundDiscovery, async (hands) => {
      await hands.press('Topology')
      await hands.press('10.20.7.4:3306')
    }),
  'topology-found-hostile': () =>
    found(hostileDiscovery, async (hands) => {
      await hands.press('Topology')
      await hands.press('<img src=x')
    }),
  'discover-hostile': () => found(hostileDiscovery, (hands) => hands.press('<img src=x')),
  'discover-large': () => found(largeDiscovery),
  'discover-failed': () =>
    searching(
      {
        'discovery.start': () => {
          throw new FailureError({
            kind: 'conflict',
            what: 'This move is not open.',
            try: ['Open it from the list of moves.']
          })
        }
      },
      (hands) => hands.press('Discover servers')
    )
}
