import type { ServerEntry } from '../../../../shared/move'
import { visibleString } from '../../../parts/visible-text'
import { foundWords } from '../found-boxes'
import type { Box } from '../picture'

const flavours = { mysql: 'MySQL', mariadb: 'MariaDB' } as const
const roles = {
  'takes-writes': 'takes writes',
  'read-only': 'read-only',
  armed: 'read-only, armed',
  sealed: 'sealed',
  'writes-wait': 'writes wait',
  unknown: 'role unknown'
} as const

/** `MariaDB 10.11.19`, or null before the server was asked. */
export const versionWords = (box: Extract<Box, { kind: 'database' }>): string | null => {
  const identity = box.node?.survey?.identity
  return identity ? `${flavours[identity.flavour]} ${identity.versionNumbers.join('.')}` : null
}

/** The last known number of a series. */
export const lastKnown = (values: readonly (number | null)[]): number | null =>
  values.findLast((value) => value !== null) ?? null

const markWords = ({ mark, lookOnly }: ServerEntry): string =>
  `${mark ? `, ${mark.label}` : ''}${lookOnly ? ', only look' : ''}`

/** A box as a screen reader says it: name, site, what it does, how it is. */
export const boxWords = (box: Box): string => {
  switch (box.kind) {
    case 'database': {
      const rate = lastKnown(box.node?.writesPerSecond ?? [])
      const doing = box.role === 'takes-writes' && rate !== null ? `, ${Math.round(rate)} writes per second` : ''
      const failed = box.node?.failure ? `, not reached: ${box.node.failure.failure.what}` : ''
      return `${box.server.name}, ${box.side} site${markWords(box.server)}, ${roles[box.role]}${doing}${failed}`
    }
    case 'app':
      return `${box.server.name}, ${box.side} site${markWords(box.server)}, ${box.connections} database connections${box.app?.failure ? ', not reached' : ''}`
    case 'ghost':
      return `Add ${box.of === 'other' ? 'worker' : box.of} to the ${box.side} site`
    case 'found':
      return `${visibleString(box.found.name, 120)}, beside the ${box.side} site, ${foundWords(box.found)}`
    case 'gone':
      return `${box.id}, ${box.side} site, removed, ${box.words}`
    case 'domain':
      return `${box.domain.name}, points to ${box.pointsTo ?? 'an unknown site'}`
    default:
      return box satisfies never
  }
}
