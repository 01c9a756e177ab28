import type { MouseEvent } from 'react'
import { type IconLike, IconSlot } from './icon-slot'

/** A button that is only an icon: `label` is its name and its tooltip. Only where the icon's meaning is universal (close, more). */
export function IconButton({ icon, label, onPress, disabled, small, className }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`btn g ic${small ? ' sm' : ''}${className ? ` ${className}` : ''}`}
      aria-label={label}
      title={typeof disabled === 'string' ? disabled : label}
      aria-disabled={disabled ? true : undefined}
      onClick={(event) => {
        if (!disabled) onPress?.(event)
      }}
    >
      <IconSlot icon={icon} />
    </button>
  )
}

/** What an `IconButton` needs. */
export type IconButtonProps = {
  icon: IconLike
  label: string
  onPress?: (event: MouseEvent<HTMLButtonElement>) => void
  disabled?: string | boolean
  small?: boolean
  className?: string
}
