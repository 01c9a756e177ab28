/** Numbers and times of the report: a blank before the unit, thin groups of three, UTC. */
const thin = '\u202f'

/** `28412` → `28 412` with narrow no-break blanks. */
export const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, thin)

/** `148 ms`, `2.31 s`, `4 min 08 s`, `3 h 05 min`, `3 d 4 h`. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 59.995) return `${seconds < 9.995 ? seconds.toFixed(2) : seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`
}

/** An age in one or two units: `12 s`, `31 min`, `5 h 25 min`, `3 d 4 h`. */
export const roughly = (ms: number): string => {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  return duration(ms)
}

const pad = (value: number): string => String(value).padStart(2, '0')

const iso = (at: number): string => {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** `03:12:04.318` */
export const clock = (at: number): string => iso(at).slice(11, 23) || 'unknown'

/** `22 Nov 2026 03:12:04` */
export const moment = (at: number): string => {
  const text = iso(at)
  return text === '' ? 'unknown' : `${dayOf(at, 'short')} ${text.slice(11, 19)}`
}

/** `Sunday 22 November 2026, 03:12 UTC` */
export const longMoment = (at: number): string => {
  const text = iso(at)
  if (text === '') return 'unknown'
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(at)
  return `${weekday} ${dayOf(at, 'long')}, ${text.slice(11, 16)} UTC`
}

const dayOf = (at: number, month: 'short' | 'long'): string => {
  const parts = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' })
    .formatToParts(at)
    .filter((part) => part.type !== 'literal')
    .map((part) => (part.type === 'month' && month === 'short' ? part.value.slice(0, 3) : part.value))
  return parts.join(' ')
}

/** `31 GB`, `0.3 MB` */
export const size = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
