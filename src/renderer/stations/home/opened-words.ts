import { formatAge, formatClock, formatDay } from '../../parts/format'

const dayMs = 86_400_000

/** When a move was last opened, as a person says it: `2 min ago`, `yesterday 17:20`, `Thu 19 Nov`. */
export const openedWords = (openedAt: number, now: number): string => {
  if (openedAt === 0) return 'not yet'
  const days = Math.floor(now / dayMs) - Math.floor(openedAt / dayMs)
  if (now - openedAt < dayMs / 2 && days <= 1) return `${formatAge(now - openedAt)} ago`
  if (days === 0) return `today ${formatClock(openedAt).slice(0, 5)}`
  if (days === 1) return `yesterday ${formatClock(openedAt).slice(0, 5)}`
  return formatDay(openedAt)
}
