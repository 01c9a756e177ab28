import { Icon, type IconName } from '../../../parts/icon'
import { ServerText } from '../../../parts/server-text'
import type { Level } from '../level'
import type { Box } from '../picture'

type Database = Extract<Box, { kind: 'database' }>

const icons = {
  'takes-writes': 'pen',
  'read-only': 'lock',
  armed: 'lock',
  sealed: 'seal',
  'writes-wait': 'pause',
  unknown: null
} as const satisfies Record<Database['role'], IconName | null>
const words = {
  'takes-writes': 'takes writes',
  'read-only': 'read-only',
  armed: 'armed',
  sealed: 'sealed',
  'writes-wait': 'writes wait',
  unknown: 'unknown'
} as const

/** A database that is too small to be read: its role as form and colour, what is wrong with it, and from the middle its name. */
export function DatabaseDot({ box, level }: { box: Database; level: Exclude<Level, 'near'> }) {
  const icon = icons[box.role]
  const filled = box.role === 'takes-writes' ? ` w ${box.side === 'old' ? 'o' : 'n'}` : ''
  if (level === 'far')
    return (
      <span className={`dot${filled}`}>
        <Sign box={box} icon={icon === 'pen' ? icon : null} />
      </span>
    )
  return (
    <>
      <span className="dot-name">
        <ServerText cap={60}>{box.server.name}</ServerText>
      </span>
      <span className={`dot-role${filled}`}>
        <Sign box={box} icon={icon} />
        <span className="el">{box.trouble?.words ?? words[box.role]}</span>
      </span>
    </>
  )
}

function Sign({ box, icon }: { box: Database; icon: IconName | null }) {
  if (box.trouble?.tone === 'danger') return <Icon name="octagon" tone="dan" />
  if (box.trouble) return <Icon name="alert" tone="att" />
  return icon && <Icon name={icon} />
}

/** A host or a name of the shop, of which only its name is large enough. */
export function SmallDot({ name }: { name: string }) {
  return (
    <span className="dot-name">
      <ServerText cap={40}>{name}</ServerText>
    </span>
  )
}
