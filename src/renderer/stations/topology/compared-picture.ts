import type { Difference, TopologyDiff } from '../../../shared/topology-diff'
import type { Picture } from './picture'

/** What is marked in the picture: what counts, and in the plan what the cutover will do. Pure. */
export const marksOf = (diff: TopologyDiff | null): Difference[] =>
  diff?.differences.filter(
    (one) => one.accepted === null && (one.consequence !== 'expected' || diff.lens.kind === 'plan')
  ) ?? []

/** The picture with the servers that are gone since. Pure. */
export const comparedPicture = (picture: Picture, diff: TopologyDiff | null): Picture =>
  diff && diff.gone.length > 0
    ? {
        ...picture,
        boxes: [
          ...picture.boxes,
          ...diff.gone
            .filter((server) => !picture.boxes.some((box) => box.id === server.id))
            .map((server) => ({ kind: 'gone' as const, ...server }))
        ]
      }
    : picture
