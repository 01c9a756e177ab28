import { iconPaths } from './icon-paths'

/** Name of an icon of the app. */
export type IconName = keyof typeof iconPaths

/** What an `Icon` is drawn with; without `label` it is decoration beside a word. */
export type IconProps = {
  name: IconName
  size?: 12 | 16 | 20 | 24
  tone?: 'ok' | 'att' | 'dan' | 'info' | 'unk' | 'old' | 'new'
  label?: string
  className?: string
}

const sizes = { 12: ' s', 16: '', 20: ' l', 24: ' xl' } as const

/** Draws one icon in the current text colour, or in a tone. */
export function Icon({ name, size = 16, tone, label, className }: IconProps) {
  const classes = `i${sizes[size]}${tone ? ` c-${tone}` : ''}${className ? ` ${className}` : ''}`
  if (label === undefined) {
    return (
      <svg className={classes} viewBox="0 0 16 16" aria-hidden="true">
        <path d={iconPaths[name]} />
      </svg>
    )
  }
  return (
    <svg className={classes} viewBox="0 0 16 16" role="img" aria-label={label}>
      <path d={iconPaths[name]} />
    </svg>
  )
}
