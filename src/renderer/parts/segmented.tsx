import type { ReactNode } from 'react'
import { moveFocus } from './hooks/move-focus'
import { type IconLike, IconSlot } from './icon-slot'

/** One choice of a `Segmented`. */
export type Segment<Id extends string> = {
  id: Id
  label: ReactNode
  icon?: IconLike
  count?: number | string
  disabled?: string
}

/** A few choices of which one holds, in one control; a disabled one says why. */
export function Segmented<Id extends string>({ segments, value, onChange, label }: SegmentedProps<Id>) {
  return (
    <div
      className="seg"
      role="radiogroup"
      aria-label={label}
      onKeyDown={(event) => moveFocus(event, '[role=radio]:not([aria-disabled=true])')}
    >
      {segments.map((segment) => (
        // biome-ignore lint/a11y/useSemanticElements: a segment holds icons and counts, which a native radio cannot
        <button
          key={segment.id}
          type="button"
          role="radio"
          aria-checked={segment.id === value}
          aria-disabled={segment.disabled ? true : undefined}
          title={segment.disabled}
          tabIndex={segment.id === value ? 0 : -1}
          onClick={() => {
            if (!segment.disabled) onChange(segment.id)
          }}
        >
          <IconSlot icon={segment.icon} />
          {segment.label}
          {segment.count !== undefined && <span className="cnt">{segment.count}</span>}
        </button>
      ))}
    </div>
  )
}

/** What a `Segmented` is told. */
export type SegmentedProps<Id extends string> = {
  segments: readonly Segment<Id>[]
  value: Id
  onChange: (id: Id) => void
  label: string
}
