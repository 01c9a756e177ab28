import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useField } from './hooks/use-field'
import { filterCommands, highlight } from './palette-filter'

/** One line to pick; `words` are found but not shown. */
export type PickOption = { id: string; label: string; fact?: ReactNode; words?: string }

const shownAtMost = 60

/** A line of text with the known answers under it: typing narrows them, arrows choose, Enter takes. Other text may stay as it is. */
export function PickInput({ value, onChange, onPick, options, placeholder, none, autoFocus }: PickInputProps) {
  const field = useField()
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const exact = options.some((option) => option.label === value.trim())
  const found = exact ? options : filterCommands(options, value)
  const shown = found.slice(0, shownAtMost)
  const chosen = shown[Math.min(at, shown.length - 1)]
  const listed = open && options.length > 0
  const take = (option: PickOption | undefined) => {
    if (!option) return
    setOpen(false)
    onPick(option.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      if (open) setAt((shown.length + Math.min(at, shown.length - 1) + step) % Math.max(1, shown.length))
      setOpen(true)
    } else if (event.key === 'Enter' && listed) take(chosen)
    else if (event.key === 'Escape' && listed) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="pick grow">
      <div className={`inp m${field['aria-invalid'] ? ' bad' : ''}`}>
        <input
          {...field}
          role="combobox"
          aria-expanded={listed}
          aria-controls={listId}
          aria-activedescendant={listed && chosen ? `${listId}-${chosen.id}` : undefined}
          value={value}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the first field of a form
          autoFocus={autoFocus}
          onFocus={() => setOpen(!exact)}
          onClick={() => setOpen(true)}
          onBlur={() => {
            setOpen(false)
            const named = options.find((option) => option.label === value.trim())
            if (named) onPick(named.id)
          }}
          onChange={(event) => {
            onChange(event.target.value)
            setAt(0)
            setOpen(options.every((option) => option.label !== event.target.value.trim()))
          }}
          onKeyDown={onKeyDown}
        />
        {options.length > 0 && <span className="hint">{options.length}</span>}
      </div>
      {listed && (
        <div className="pick-list" role="listbox" id={listId} aria-label="Found">
          {shown.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input above takes the chosen line with Enter
            <div
              key={option.id}
              id={`${listId}-${option.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={option === chosen}
              className={option === chosen ? 'on' : undefined}
              // The input must not lose the focus before the click counts.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(index)}
              onClick={() => take(option)}
            >
              <span className="m el">
                {highlight(option.label, exact ? '' : value).map((piece) =>
                  piece.hit ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>
                )}
              </span>
              <span className="s11 t3 el">{option.fact}</span>
            </div>
          ))}
          {shown.length === 0 && <p className="s11 t3">{none}</p>}
        </div>
      )}
    </div>
  )
}

/** What a `PickInput` is told; `none` is said when nothing fits what was typed. */
export type PickInputProps = {
  value: string
  onChange: (text: string) => void
  onPick: (id: string) => void
  options: readonly PickOption[]
  placeholder?: string
  none: string
  autoFocus?: boolean
}
