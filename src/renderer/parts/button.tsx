import type { MouseEvent, ReactNode } from 'react'
import { type IconLike, IconSlot } from './icon-slot'
import { Kbd } from './kbd'
import { StatusIcon } from './status-icon'

/** How much a button weighs: one `primary` per panel; `danger-solid` is Abort only. */
export type ButtonVariant = 'default' | 'primary' | 'danger' | 'danger-solid' | 'ghost'

/** What a `Button` shows; `disabled` is a reason to say or `true`, `busy` the words while it works (it cannot be pressed then). */
export type ButtonProps = {
  children: ReactNode
  onPress?: (event: MouseEvent<HTMLButtonElement>) => void
  variant?: ButtonVariant
  size?: 'sm' | 'base' | 'md' | 'lg' | 'xl'
  icon?: IconLike
  keys?: readonly string[]
  busy?: string | false
  disabled?: string | boolean
  pressed?: boolean
  wide?: boolean
  autoFocus?: boolean
  type?: 'button' | 'submit'
  title?: string
  label?: string
}

const variants: Record<ButtonVariant, string> = {
  default: '',
  primary: ' p',
  danger: ' d',
  'danger-solid': ' ds',
  ghost: ' g'
}

/** A button of the app. A disabled one stays reachable by keyboard, so that its reason can be read. */
export function Button(props: ButtonProps) {
  const {
    children,
    onPress,
    variant = 'default',
    size = 'base',
    icon,
    keys,
    busy,
    disabled,
    pressed,
    type = 'button'
  } = props
  const locked = Boolean(disabled) || Boolean(busy)
  const reason = typeof disabled === 'string' ? disabled : undefined
  return (
    <button
      type={type}
      className={`btn${variants[variant]}${size === 'base' ? '' : ` ${size}`}${props.wide ? ' wide' : ''}`}
      aria-disabled={locked || undefined}
      aria-busy={busy ? true : undefined}
      aria-pressed={pressed}
      aria-label={props.label}
      // biome-ignore lint/a11y/noAutofocus: dialogs put the focus on the safe choice
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      title={reason ?? props.title}
      onClick={(event) => {
        if (locked) event.preventDefault()
        else onPress?.(event)
      }}
    >
      {busy ? <StatusIcon status="running" /> : <IconSlot icon={icon} />}
      {busy || children}
      {keys && !busy && <Kbd keys={keys} />}
    </button>
  )
}
