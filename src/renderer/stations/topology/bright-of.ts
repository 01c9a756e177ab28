import { placeOf } from '../sites/found-words'
import type { Box, Picture } from './picture'

/** What is shown of a picture while the rest fades. */
export type PictureFilter =
  | 'all'
  | 'old'
  | 'new'
  | 'takes-writes'
  | 'read-only'
  | 'trouble'
  | 'not-reached'
  | 'unpaired'

export const filterWords: Record<PictureFilter, string> = {
  all: 'Everything',
  old: 'Old site',
  new: 'New site',
  'takes-writes': 'Takes writes',
  'read-only': 'Read-only',
  trouble: 'With a problem',
  'not-reached': 'Not reached',
  unpaired: 'Without a pair'
}

const textOf = (box: Box): string => {
  if (box.kind === 'domain') return box.domain.name
  if (box.kind === 'ghost') return ''
  if (box.kind === 'gone') return box.id
  if (box.kind === 'found')
    return [box.found.name, 'database', box.found.identity?.version ?? '', ...box.found.addresses.map(placeOf)].join(
      ' '
    )
  const identity = box.kind === 'database' ? box.node?.survey?.identity : undefined
  const channels = box.kind === 'database' && box.follows ? box.follows.status.channel : ''
  return [
    box.server.name,
    box.server.kind,
    ...box.server.addresses,
    box.server.database?.host ?? '',
    identity?.version ?? '',
    identity?.hostname ?? '',
    identity?.uuid ?? '',
    identity ? String(identity.serverId) : '',
    channels,
    box.kind === 'database' ? (box.trouble?.words ?? '') : ''
  ].join(' ')
}

const passes = (box: Box, filter: PictureFilter): boolean => {
  switch (filter) {
    case 'all':
      return true
    case 'old':
    case 'new':
      return box.kind !== 'domain' && box.side === filter
    case 'takes-writes':
    case 'read-only':
      return box.kind === 'database' && box.role === filter
    case 'trouble':
      return (box.kind === 'database' && box.trouble !== null) || (box.kind === 'app' && box.app?.failure != null)
    case 'not-reached':
      return (
        (box.kind === 'database' && (box.node?.failure != null || !box.node?.survey)) ||
        (box.kind === 'app' && box.app?.failure != null) ||
        (box.kind === 'found' && box.found.identity === null)
      )
    case 'unpaired':
      return box.kind === 'database' && box.pair === null
    default:
      return filter satisfies never
  }
}

/** The boxes that stay bright while words are searched and a filter is chosen; null: nothing is. Every word has to be found. */
export const brightOf = (picture: Picture, words: string, filter: PictureFilter): ReadonlySet<string> | null => {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0 && filter === 'all') return null
  return new Set(
    picture.boxes.flatMap((box) => {
      if (!passes(box, filter)) return []
      const text = wanted.length === 0 ? '' : textOf(box).toLowerCase()
      return wanted.every((word) => text.includes(word)) ? [box.id] : []
    })
  )
}
