import { MenuAt, type MenuItem } from '../../parts/menu'
import { useMove } from '../../state/open-move'
import { openStation } from '../../state/shell'
import { editMove } from '../../state/sites'
import { copyText } from '../../state/topology-diff'
import type { Box, Picture } from './picture'

type Database = Extract<Box, { kind: 'database' }>

const copy = (id: string, label: string, text: string | undefined): MenuItem[] =>
  text
    ? [{ kind: 'item', id: `copy-${id}`, label: `Copy ${label}`, icon: 'copy', onPress: () => void copyText(text) }]
    : []

const ofDatabase = (box: Database, props: BoxMenuProps): MenuItem[] => {
  const identity = box.node?.survey?.identity
  const at = box.server.database
  const hasLinks = props.picture.links.some((link) => link.replica === box.id)
  return [
    {
      kind: 'item',
      id: 'pair',
      label: box.pair === null ? 'Pair…' : 'Pair anew…',
      icon: 'swap',
      keys: ['P'],
      onPress: props.onPair
    },
    {
      kind: 'item',
      id: 'words',
      label: 'Show statements of its links…',
      icon: 'terminal',
      ...(hasLinks ? {} : { disabled: 'It follows nobody' }),
      onPress: props.onStatements
    },
    {
      kind: 'item',
      id: 'discover',
      label: 'Discover servers from here…',
      icon: 'search',
      onPress: () => openStation('sites', `discover:${box.id}`)
    },
    { kind: 'line', id: 'l1' },
    ...copy('name', 'name', box.server.name),
    ...copy('address', 'address', at && `${at.host}:${at.port}`),
    ...copy('uuid', identity?.uuid ? 'server_uuid' : 'server_id', identity?.uuid ?? identity?.serverId.toString())
  ]
}

/** What can be done with a box or a link from where it stands: look, copy, and previews; nothing is sent from here. */
export function BoxMenu(props: BoxMenuProps) {
  const { picture, id, at, onClose, onInspect } = props
  const { move } = useMove()
  const link = picture.links.find((one) => one.id === id)
  const box = picture.boxes.find((one) => one.id === id)
  if (!link && (!box || box.kind === 'ghost' || box.kind === 'gone' || box.kind === 'found')) return null
  const error = link?.status.applierError ?? link?.status.receiverError
  const isMoved = id in move.layout
  const putBack = () =>
    void editMove((now) => {
      const { [id]: _moved, ...layout } = now.layout
      return { ...now, layout }
    })
  const items: MenuItem[] = [
    {
      kind: 'head',
      id: 'head',
      label: link ? `${link.source} → ${link.replica}` : box?.kind === 'domain' ? box.domain.name : id
    },
    { kind: 'item', id: 'inspect', label: 'Inspect', icon: 'eye', keys: ['↵'], onPress: onInspect },
    ...(box?.kind === 'database' ? ofDatabase(box, props) : []),
    ...(link
      ? [
          {
            kind: 'item' as const,
            id: 'words',
            label: 'Show statements…',
            icon: 'terminal' as const,
            onPress: props.onStatements
          },
          ...copy('error', 'error', error ? `${error.code} ${error.text}` : undefined)
        ]
      : []),
    ...(box && box.kind !== 'domain' && box.kind !== 'database' && 'server' in box
      ? copy('name', 'name', box.server.name)
      : []),
    ...(isMoved
      ? [{ kind: 'item' as const, id: 'back', label: 'Put back in its place', icon: 'back' as const, onPress: putBack }]
      : []),
    ...(box && box.kind !== 'domain'
      ? [
          { kind: 'line' as const, id: 'l2' },
          {
            kind: 'item' as const,
            id: 'settings',
            label: 'Settings…',
            icon: 'settings' as const,
            onPress: () => openStation('sites', `inspect:${id}`)
          }
        ]
      : [])
  ]
  return <MenuAt items={items} label={`Menu of ${id}`} at={at} onClose={onClose} />
}

/** What a `BoxMenu` is told; `at` is a place of the window. */
export type BoxMenuProps = {
  picture: Picture
  id: string
  at: { x: number; y: number }
  onClose: () => void
  onInspect: () => void
  onPair: () => void
  onStatements: () => void
}
