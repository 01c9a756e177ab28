import type { OpenMove } from '../../../shared/contract'
import type { Topology } from '../../../shared/topology'
import { manyServers } from '../fixtures/many-servers'
import { openMoveIn } from '../fixtures/open-move'
import { brokenTopology, lateTopology, silentTopology, twoWritersTopology } from '../fixtures/troubled-topologies'
import type { GalleryPages, Scene } from '../scene'

const topology = (open: OpenMove, scene: Partial<Extract<Scene, { kind: 'move' }>> = {}): Scene => ({
  kind: 'move',
  station: 'topology',
  open,
  ...scene
})

const withPicture = (picture: Topology): OpenMove => ({ ...openMoveIn('linked'), topology: picture })

/** The states of the Topology station. */
export const topologyPages: GalleryPages = {
  'topology-empty': () => topology(openMoveIn('new'), { sessions: 0 }),
  'topology-described': () => topology(openMoveIn('described'), { sessions: 0 }),
  'topology-apart': () => topology(openMoveIn('checked')),
  'topology-linked': () => topology(openMoveIn('linked'), { command: 'inspect:lis-db1' }),
  'topology-moved': () => topology(openMoveIn('moved')),
  'topology-broken': () => topology(withPicture(brokenTopology), { command: 'inspect:fra-db1>lis-db1' }),
  'topology-late': () => topology(withPicture(lateTopology)),
  'topology-silent': () => topology(withPicture(silentTopology), { command: 'inspect:lis-db1' }),
  'topology-two-writers': () => topology(withPicture(twoWritersTopology)),
  'topology-pairing': () => {
    const open = openMoveIn('checked')
    return topology({ ...open, move: { ...open.move, pairs: [] } }, { command: 'pair' })
  },
  'topology-variables': () =>
    topology(openMoveIn('linked'), { command: 'inspect:lis-db1', after: (hands) => hands.press('Variables') }),
  'topology-diff': () => topology(openMoveIn('linked'), { after: (hands) => hands.press('Diff since') }),
  'topology-domain': () => topology(openMoveIn('linked'), { command: 'inspect:domain-shop.example.com' }),
  'topology-find': () => topology(openMoveIn('linked'), { after: (hands) => hands.type('Find in the picture', 'web') }),
  'topology-snapshot': () => topology(openMoveIn('linked'), { command: 'snapshot' }),
  'topology-many': () => topology(manyServers())
}
