import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useModal } from './hooks/use-modal'
import { Icon } from './icon'
import { type IconLike, IconSlot } from './icon-slot'
import { Kbd } from './kbd'
import { filterCommands, highlight } from './palette-filter'

/** One line of the palette; `words` are found but not shown, a `disabled` one says why. */
export type PaletteItem = {
  id: string
  label: string
  group?: string
  icon?: IconLike
  fact?: ReactNode
  keys?: readonly string[]
  words?: string
  disabled?: string
  onRun: () => void
}

/** Every command by its words; arrows choose, Enter runs, Esc closes. */
export function CommandPalette({
  open,
  onClose,
  items,
  placeholder = 'Find a command, server or table'
}: CommandPaletteProps) {
  if (!open) return null
  return <OpenPalette onClose={onClose} items={items} placeholder={placeholder} />
}

function OpenPalette({
  onClose,
  items,
  placeholder
}: {
  onClose: () => void
  items: readonly PaletteItem[]
  placeholder: string
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const found = useMemo(() => filterCommands(items, query), [items, query])
  const chosen = found[Math.min(at, found.length - 1)]
  useModal(dialog, true)
  useEffect(() => {
    if (at >= 0) list.current?.querySelector('.it.on')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const run = (item: PaletteItem | undefined) => {
    if (!item || item.disabled) return
    onClose()
    item.onRun()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((found.length + Math.min(at, found.length - 1) + step) % Math.max(1, found.length))
    else if (event.key === 'Enter') run(chosen)
    else return
    event.preventDefault()
  }
  return (
    <dialog
      ref={dialog}
      className="dlg pal"
      aria-label="Commands"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="pal-in">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
          aria-label="Find a command"
          placeholder={placeholder}
          value={query}
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="pal-list" role="listbox" id={listId} aria-label="Commands found" ref={list}>
        {found.map((item, index) => (
          <div key={item.id}>
            {item.group && item.group !== found[index - 1]?.group && <div className="gh">{item.group}</div>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input above runs the chosen line with Enter */}
            <div
              id={`${listId}-${item.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={item === chosen}
              aria-disabled={item.disabled ? true : undefined}
              className={`it${item === chosen ? ' on' : ''}${item.disabled ? ' off' : ''}`}
              onMouseMove={() => setAt(index)}
              onClick={() => run(item)}
            >
              {item.icon ? <IconSlot icon={item.icon} /> : <Icon name="arrow-right" />}
              <span className="el">
                {highlight(item.label, query).map((piece) =>
                  piece.hit ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>
                )}
              </span>
              <span className="fact">
                {item.disabled ?? item.fact}
                {item.keys && <Kbd keys={item.keys} />}
              </span>
            </div>
          </div>
        ))}
        {found.length === 0 && <div className="none">No command with these words.</div>}
      </div>
      <div className="pal-foot">
        <Kbd keys={['↑', '↓']} /> choose <Kbd keys={['↵']} /> run
        <span className="end">
          {found.length} of {items.length}
        </span>
      </div>
    </dialog>
  )
}

/** What a `CommandPalette` is told. */
export type CommandPaletteProps = {
  open: boolean
  onClose: () => void
  items: readonly PaletteItem[]
  placeholder?: string
}
