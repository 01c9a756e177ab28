import type { ReactNode } from 'react'
import { IconButton } from './icon-button'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** A word about something that ended out of sight. */
export type Toast = { id: string; status: StatusKind; title: string; detail?: ReactNode; action?: ReactNode }

/** The place of toasts, lower right. Only for what ended out of sight, never for what is on the screen. */
export function ToastRegion({ toasts, onDismiss }: { toasts: readonly Toast[]; onDismiss: (id: string) => void }) {
  return (
    <section className="toasts" aria-label="Ended out of sight" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast">
          <StatusIcon status={toast.status} label={true} />
          <div>
            <b>{toast.title}</b>
            {toast.detail && <div className="t">{toast.detail}</div>}
          </div>
          {toast.action}
          <IconButton icon="cross" label={`Dismiss: ${toast.title}`} onPress={() => onDismiss(toast.id)} small />
        </div>
      ))}
    </section>
  )
}
