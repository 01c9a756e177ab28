import type { ReactNode } from 'react'
import { moveFocus } from './hooks/move-focus'

/** One tab; `count` is the small number beside its word. */
export type Tab<Id extends string> = { id: Id; label: ReactNode; count?: number | string; panelId?: string }

/** A row of tabs, moved through with arrows; the panel is drawn by the caller. */
export function Tabs<Id extends string>({ tabs, value, onChange, label }: TabsProps<Id>) {
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={(event) => moveFocus(event, '[role=tab]')}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === value}
          aria-controls={tab.panelId}
          tabIndex={tab.id === value ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
          {tab.count !== undefined && <span className="cnt">{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}

/** What `Tabs` are told. */
export type TabsProps<Id extends string> = {
  tabs: readonly Tab<Id>[]
  value: Id
  onChange: (id: Id) => void
  label: string
}
