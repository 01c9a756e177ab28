import type { ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** Tint of a chip; `unk` is dashed. */
export type ChipTone = 'plain' | 'ok' | 'att' | 'dan' | 'info' | 'unk'

const statusOf: Record<Exclude<ChipTone, 'plain'>, StatusKind> = {
  ok: 'ok',
  att: 'attention',
  dan: 'danger',
  info: 'info',
  unk: 'unknown'
}

/** A short tinted word; a tone brings its status icon unless `icon` says otherwise. */
export function Chip({ tone = 'plain', icon, title, children }: ChipProps) {
  return (
    <span className={tone === 'plain' ? 'chip' : `chip ${tone}`} title={title}>
      {icon !== undefined ? (
        <IconSlot icon={icon} size={12} />
      ) : (
        tone !== 'plain' && <StatusIcon status={statusOf[tone]} size={12} />
      )}
      <span className="el">{children}</span>
    </span>
  )
}

/** What a `Chip` shows; `icon={null}` leaves the icon out. */
export type ChipProps = { tone?: ChipTone; icon?: IconLike; title?: string; children: ReactNode }
