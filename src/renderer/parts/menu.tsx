import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { type IconLike, IconSlot } from './icon-slot'
import { Kbd } from './kbd'

/** One line of a menu; a `disabled` one says why. */
export type MenuItem =
  | {
      kind: 'item'
      id: string
      label: ReactNode
      icon?: IconLike
      keys?: readonly string[]
      danger?: boolean
      disabled?: string
      onPress: () => void
    }
  | { kind: 'head'; id: string; label: ReactNode }
  | { kind: 'line'; id: string }

/** A menu behind a button; `trigger` is one element that takes a ref and props (a plain `button`, not `Button`). */
export function Menu({ items, label, trigger, align = 'end' }: MenuProps) {
  return (
    // A modal menu would inject a style element to lock scrolling, which our content policy refuses.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        {trigger ?? (
          <button type="button" className="btn g ic" aria-label={label} title={label}>
            <IconSlot icon="more" />
          </button>
        )}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="pop menu" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {items.map((item) => (
            <MenuLine key={item.id} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** The same at a place of the window, open until it is left or something is chosen: what a right click shows. */
export function MenuAt({ items, label, at, onClose }: MenuAtProps) {
  const before = useRef(document.activeElement)
  return (
    <DropdownMenu.Root modal={false} open onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span className="menu-at" style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="pop menu"
          align="start"
          sideOffset={0}
          collisionPadding={8}
          aria-label={label}
          // The focus goes back to what was asked about, not to the place where the menu hung.
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
          }}
        >
          {items.map((item) => (
            <MenuLine key={item.id} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function MenuLine({ item }: { item: MenuItem }) {
  switch (item.kind) {
    case 'head':
      return <DropdownMenu.Label className="mh">{item.label}</DropdownMenu.Label>
    case 'line':
      return <DropdownMenu.Separator className="ms" />
    case 'item':
      return (
        <DropdownMenu.Item
          className={item.danger ? 'mi dan' : 'mi'}
          disabled={item.disabled !== undefined}
          onSelect={() => item.onPress()}
        >
          <span>
            <IconSlot icon={item.icon} />
          </span>
          <span className="el">{item.label}</span>
          {item.keys ? <Kbd keys={item.keys} /> : <span />}
          {item.disabled && <span className="why">{item.disabled}</span>}
        </DropdownMenu.Item>
      )
    default:
      return item satisfies never
  }
}

/** What a `Menu` is told. */
export type MenuProps = { items: readonly MenuItem[]; label: string; trigger?: ReactNode; align?: 'start' | 'end' }

/** What a `MenuAt` is told; `at` is a place of the window. */
export type MenuAtProps = {
  items: readonly MenuItem[]
  label: string
  at: { x: number; y: number }
  onClose: () => void
}
