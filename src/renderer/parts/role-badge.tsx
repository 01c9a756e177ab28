import { HalfDisc, type Side } from './half-disc'
import { Icon, type IconName } from './icon'

/** What a server does with writes, as the picture says it. */
export type ServerRole = 'takes-writes' | 'read-only' | 'armed' | 'sealed' | 'writes-wait' | 'unknown'

const words: Record<ServerRole, { word: string; icon: IconName | null }> = {
  'takes-writes': { word: 'takes writes', icon: 'pen' },
  'read-only': { word: 'read-only', icon: 'lock' },
  armed: { word: 'read-only, armed', icon: 'lock' },
  sealed: { word: 'sealed', icon: 'seal' },
  'writes-wait': { word: 'writes wait', icon: 'pause' },
  unknown: { word: 'role unknown', icon: null }
}

/** The role of a server: filled in the colour of its site only when it takes writes. */
export function RoleBadge({ state, side, withSide = false }: { state: ServerRole; side: Side; withSide?: boolean }) {
  const { word, icon } = words[state]
  const extra =
    state === 'takes-writes'
      ? ` w ${side === 'old' ? 'o' : 'n'}`
      : state === 'writes-wait'
        ? ' wait'
        : state === 'unknown'
          ? ' unk'
          : ''
  return (
    <span className={`role${extra}`}>
      {withSide && state !== 'takes-writes' && <HalfDisc side={side} size={12} />}
      {icon && <Icon name={icon} size={12} />}
      {word}
    </span>
  )
}
