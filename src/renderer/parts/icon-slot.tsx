import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import { iconPaths } from './icon-paths'

/** An icon given by name, or any drawn element (an icon of lucide-react, a half disc). */
export type IconLike = IconName | Exclude<ReactNode, string | number | bigint | boolean>

/** Draws an icon given by name or as an element. */
export function IconSlot({ icon, size = 16 }: { icon: IconLike | undefined; size?: 12 | 16 | 24 }) {
  if (icon === undefined || icon === null) return null
  return typeof icon === 'string' && icon in iconPaths ? <Icon name={icon as IconName} size={size} /> : icon
}
