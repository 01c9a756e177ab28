import type { ReactNode } from 'react'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** What a note is about: amber, red, blue, green. */
export type NoteTone = 'att' | 'dan' | 'info' | 'ok'

const icons: Record<NoteTone, StatusKind> = { att: 'attention', dan: 'danger', info: 'info', ok: 'ok' }

/** A tinted remark: a bold sentence, words, and at most two actions. */
export function Note({ tone, title, aside, actions, children }: NoteProps) {
  return (
    <div className={`note ${tone}`} role="note">
      <StatusIcon status={icons[tone]} label={tone === 'dan' ? 'danger' : tone === 'att' ? 'attention' : undefined} />
      <div className="nb">
        {title && <b>{title}</b>}
        {title && children ? ' ' : null}
        {children && <span className="t">{children}</span>}
        {actions && <div className="acts">{actions}</div>}
      </div>
      {aside && <div className="a s11 t3 nw">{aside}</div>}
    </div>
  )
}

/** What a `Note` says. */
export type NoteProps = {
  tone: NoteTone
  title?: ReactNode
  aside?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}
