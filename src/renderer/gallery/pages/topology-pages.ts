import type { OpenMove } from '../../../shared/contract'
import { fail } from '../../../shared/failure'
import type { Topology } from '../../../shared/topology'
import type { TopologyDiff } from '../../../shared/topology-diff'
import { channelsOpen, fleetOpen, hostileOpen } from '../fixtures/fleets'
import { manyServers } from '../fixtures/many-servers'
import { openMoveIn } from '../fixtures/open-move'
import { managedLimit } from '../fixtures/surveys'
import { linkedTopology } from '../fixtures/topologies'
import { oldNewDiff, planDiff, sinceDiff } from '../fixtures/topology-diffs'
import { brokenTopology, lateTopology, silentTopology, twoWritersTopology } from '../fixtures/troubled-topologies'
import type { GalleryPages, Hands, Scene } from '../scene'

const topology = (open: OpenMove, scene: Partial<Extract<Scene, { kind: 'move' }>> = {}): Scene => ({
  kind: 'move',
  station: 'topology',
  open,
  ...scene
})

const compared = (diff: TopologyDiff, presses: string[]): Scene =>
  topology(openMoveIn('linked'), {
    answers: { 'topology.diff': () => diff },
    after: async (hands) => {
      for (const name of presses) await hands.press(name)
    }
  })

/** Frankfurt is production, and the databases of Lisbon are staging and may only be looked at. */
const marked = (open: OpenMove): OpenMove => {
  const { move } = open
  const mark = { label: 'staging', colour: 'olive' as const }
  const servers = move.new.servers.map((server) =>
    server.kind === 'database' ? { ...server, mark, lookOnly: true as const } : server
  )
  const old = { ...move.old, mark: { label: 'production', colour: 'rose' as const } }
  return { ...open, move: { ...move, old, new: { ...move.new, servers } } }
}

const withPicture = (picture: Topology): OpenMove => ({ ...openMoveIn('linked'), topology: picture })

/** The old database is a provider's. */
const kept = (): OpenMove => {
  const nodes = linkedTopology.nodes.map((node) =>
    node.server === 'fra-db1' && node.survey ? { ...node, survey: { ...node.survey, limits: [managedLimit] } } : node
  )
  return withPicture({ ...linkedTopology, nodes })
}

/** Presses the key that magnifies so often. */
const zoomIn = (times: number) => async (hands: Hands) => {
  for (let pressed = 0; pressed < times; pressed += 1) await hands.key('+')
}

/** The states of the Topology station. */
export const topologyPages: GalleryPages = {
  'topology-empty': () => topology(openMoveIn('new'), { sessions: 0 }),
  'topology-described': () => topology(openMoveIn('described'), { sessions: 0 }),
  'topology-apart': () => topology(openMoveIn('checked')),
  'topology-linked': () => topology(openMoveIn('linked'), { command: 'inspect:lis-db1' }),
  'topology-marked': () => topology(marked(openMoveIn('linked'))),
  'topology-moved': () => topology(openMoveIn('moved')),
  'topology-broken': () => topology(withPicture(brokenTopology), { command: 'inspect:fra-db1>lis-db1' }),
  'topology-late': () => topology(withPicture(lateTopology)),
  'topology-silent': () => topology(withPicture(silentTopology), { command: 'inspect:lis-db1' }),
  'topology-kept': () => topology(kept(), { command: 'inspect:fra-db1' }),
  'topology-two-writers': () => topology(withPicture(twoWritersTopology)),
  'topology-pairing': () => {
    const open = openMoveIn('checked')
    return topology({ ...open, move: { ...open.move, pairs: [] } }, { command: 'pair' })
  },
  'topology-variables': () =>
    topology(openMoveIn('linked'), { command: 'inspect:lis-db1', after: (hands) => hands.press('Variables') }),
  'topology-diff-old-new': () => compared(oldNewDiff, ['Old ↔ new']),
  'topology-diff-grants': () => compared(oldNewDiff, ['Old ↔ new', 'changed account shop_app']),
  'topology-diff-split': () => compared(oldNewDiff, ['Old ↔ new', 'changed account shop_app', 'Side by side']),
  'topology-diff-accept': () => compared(oldNewDiff, ['Old ↔ new', 'changed sql_mode', 'Accept as expected']),
  'topology-diff-since': () => compared(sinceDiff, ['Since', 'changed sql_mode']),
  'topology-diff-plan': () => compared(planDiff, ['After the cutover']),
  'topology-diff-asking': () => topology(openMoveIn('linked'), { after: (hands) => hands.press('Old ↔ new') }),
  'topology-diff-failed': () =>
    topology(openMoveIn('linked'), {
      answers: {
        'topology.diff': () => {
          throw fail('unreachable', 'lis-db1 did not answer within 45 s.', {
            where: 'lis-db1',
            try: ['Run the connection doctor on it: it tells which layer is silent.']
          })
        }
      },
      after: (hands) => hands.press('Old ↔ new')
    }),
  'topology-domain': () => topology(openMoveIn('linked'), { command: 'inspect:domain-shop.example.com' }),
  'topology-bridge': () => topology(openMoveIn('linked'), { command: 'inspect:bridge' }),
  'topology-host': () => topology(openMoveIn('linked'), { command: 'inspect:fra-web1' }),
  'topology-find': () => topology(openMoveIn('linked'), { after: (hands) => hands.type('Find in the picture', 'web') }),
  'topology-snapshot': () => topology(openMoveIn('linked'), { command: 'snapshot' }),
  'topology-many': () => topology(manyServers()),
  'topology-fleet-50': () => topology(fleetOpen(50)),
  'topology-fleet-50-near': () => topology(fleetOpen(50), { command: 'inspect:fra-db1-18', after: zoomIn(6) }),
  'topology-fleet-50-find': () =>
    topology(fleetOpen(50), { after: (hands) => hands.type('Find in the picture', 'error') }),
  'topology-fleet-500': () => topology(fleetOpen(500)),
  'topology-channels': () => topology(channelsOpen(40), { command: 'inspect:warehouse' }),
  'topology-hostile': () => topology(hostileOpen(), { command: 'inspect:hostile-2' })
}
