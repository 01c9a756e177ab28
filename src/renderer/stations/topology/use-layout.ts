import { useMemo, useRef } from 'react'
import type { Move } from '../../../shared/move'
import { fleetLayoutOf, inRoom, isFleet } from './fleet-layout'
import type { Edges } from './forest'
import { type Layout, layoutOf } from './lanes'
import type { Picture } from './picture'

/** All that decides where boxes stand, as one text: what servers say is not part of it. */
const keyOf = (picture: Picture): string =>
  JSON.stringify([
    picture.mainPair,
    picture.pairs,
    picture.boxes.map((box) => [
      box.kind,
      box.id,
      'side' in box ? box.side : '',
      box.kind === 'ghost' ? box.of : box.kind === 'app' ? box.server.kind : ''
    ])
  ])

/** The places of a picture, found anew only when servers, pairs, the room or the hand change; those of a fleet not for the room. */
export const useLayout = (
  picture: Picture,
  room: { width: number; height: number },
  hand: Move['layout'],
  edges: Edges
): Layout => {
  const latest = useRef(picture)
  latest.current = picture
  const key = keyOf(picture)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the picture
  const many = useMemo(
    () => (isFleet(latest.current) ? fleetLayoutOf(latest.current, hand, edges) : null),
    [key, hand, edges]
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the picture
  return useMemo(
    () => (many ? inRoom(many, room) : layoutOf(latest.current, room, hand, edges)),
    [many, key, room, hand, edges]
  )
}
