import { type ReactNode, useRef } from 'react'
import { useEscape } from './hooks/use-escape'
import { useFocusReturn } from './hooks/use-focus-return'
import { IconButton } from './icon-button'

/** The panel at the right of a station. Below 1100 px it is a drawer over the content. Either show it only while something is chosen (`open` left out), or keep it and let `open` say whether the drawer is out. `stay` keeps it beside the content. */
export function SidePanel({ label, head, foot, children, width = 320, open, onClose, dense, ...rest }: SidePanelProps) {
  // Without a way to close it a drawer would hide the room for good.
  const stay = rest.stay || onClose === undefined
  const shown = open ?? true
  const panel = useRef<HTMLElement>(null)
  useFocusReturn()
  useEscape(onClose, shown && onClose !== undefined, panel)
  const classes = [
    'side',
    width === 320 ? '' : `w${width}`,
    shown ? '' : 'closed',
    stay ? 'stay' : '',
    dense ? 'dense' : ''
  ]
  return (
    <>
      {!stay && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard closes the drawer with Esc and its close button
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div className={shown ? 'side-scrim open' : 'side-scrim'} onClick={onClose} />
      )}
      <aside className={classes.filter(Boolean).join(' ')} aria-label={label} ref={panel}>
        {(head || onClose) && (
          <div className="side-head">
            <div className="grow">{head}</div>
            {onClose && (
              <IconButton
                icon="cross"
                label={`Close ${label}`}
                onPress={onClose}
                small
                className={open === undefined ? undefined : 'only-narrow'}
              />
            )}
          </div>
        )}
        <div className="side-body">{children}</div>
        {foot && <div className="side-foot">{foot}</div>}
      </aside>
    </>
  )
}

/** What a `SidePanel` holds; put it as the last child of a `Body`. */
export type SidePanelProps = {
  label: string
  head?: ReactNode
  foot?: ReactNode
  children: ReactNode
  width?: 320 | 416 | 488
  open?: boolean
  onClose?: () => void
  stay?: boolean
  dense?: boolean
}
