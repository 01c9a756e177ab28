/** Thin space between groups of three digits; a no-break space stands before a unit. */
const THIN = '\u2009'
const NBSP = '\u00a0'

/** Word for every value that is not known; never 0, never a dash. */
export const UNKNOWN = 'unknown'

/** Writes a whole number in thin groups of three: `48 211 937`. Not for GTIDs, ids and ports. */
export function formatCount(value: number | bigint | null | undefined): string {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return UNKNOWN
  const text = typeof value === 'bigint' ? value.toString() : Math.round(value).toString()
  const sign = text.startsWith('-') ? '−' : ''
  return sign + text.replace('-', '').replace(/\B(?=(\d{3})+$)/g, THIN)
}

/** Writes a number with a fixed number of decimals, grouped. */
export function formatDecimal(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN
  const fixed = Math.abs(value).toFixed(decimals)
  const [whole = '0', fraction] = fixed.split('.')
  const sign = value < 0 && Number(fixed) !== 0 ? '−' : ''
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, THIN)}${fraction ? `.${fraction}` : ''}`
}

/** Splits a duration into number and unit, so that the unit can be set smaller; more than a minute has no separate unit. */
export function durationParts(milliseconds: number | null | undefined): { value: string; unit: string } {
  if (milliseconds === null || milliseconds === undefined || !Number.isFinite(milliseconds))
    return { value: UNKNOWN, unit: '' }
  const ms = Math.abs(milliseconds)
  const sign = milliseconds < 0 ? '−' : ''
  if (ms < 10 && ms > 0 && !Number.isInteger(ms)) return { value: sign + ms.toFixed(1), unit: 'ms' }
  if (ms < 999.5) return { value: sign + Math.round(ms), unit: 'ms' }
  if (ms < 9_995) return { value: sign + (ms / 1000).toFixed(2), unit: 's' }
  if (ms < 59_950) return { value: sign + (ms / 1000).toFixed(1), unit: 's' }
  const seconds = Math.round(ms / 1000)
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60
  ]
  if (days > 0) return { value: joinUnits(sign, [days, 'd'], [hours, 'h']), unit: '' }
  if (hours > 0) return { value: joinUnits(sign, [hours, 'h'], [minutes, 'min', 2]), unit: '' }
  return { value: joinUnits(sign, [minutes, 'min'], [seconds % 60, 's', 2]), unit: '' }
}

/** Writes a duration with two units at most: `148 ms`, `2.31 s`, `4 min 08 s`, `3 d 4 h`. */
export function formatDuration(milliseconds: number | null | undefined): string {
  const { value, unit } = durationParts(milliseconds)
  return unit ? `${value}${NBSP}${unit}` : value
}

/** Writes a duration that somebody has set, with no more decimals than it has: `10 s`, `0.5 s`, `200 ms`. */
export function formatLimit(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined || !Number.isFinite(milliseconds)) return UNKNOWN
  if (Math.abs(milliseconds) < 500 || Math.abs(milliseconds) >= 60_000) return formatDuration(milliseconds)
  return `${trimZeros(formatDecimal(milliseconds / 1000, 2))}${NBSP}s`
}

/** Writes a lag given in seconds: `0.21 s`, `248 s` becomes `4 min 08 s`. */
export function formatLag(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return UNKNOWN
  if (seconds === 0) return `0${NBSP}s`
  return seconds < 9.995 ? `${seconds.toFixed(2)}${NBSP}s` : formatDuration(seconds * 1000)
}

/** Writes how long ago something was, one unit: `0.4 s`, `12 s`, `4 min`, `3 h`, `2 d`. A moment ahead of our clock is `0 s`. */
export function formatAge(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < 950) return `${(Math.round(ms / 100) / 10).toFixed(1)}${NBSP}s`.replace('0.0', '0')
  if (ms < 59_500) return `${Math.round(ms / 1000)}${NBSP}s`
  if (ms < 3_570_000) return `${Math.round(ms / 60_000)}${NBSP}min`
  if (ms < 84_600_000) return `${Math.round(ms / 3_600_000)}${NBSP}h`
  return `${Math.round(ms / 86_400_000)}${NBSP}d`
}

/** Writes an amount of bytes in decimal units: `412 kB`, `1.8 MB`, `209.1 GB`. */
export function formatBytes(bytes: number | bigint | null | undefined): string {
  if (bytes === null || bytes === undefined) return UNKNOWN
  let value = Number(bytes)
  if (!Number.isFinite(value)) return UNKNOWN
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let unit = 0
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || Math.abs(value) >= 999.5 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2
  return `${trimZeros(formatDecimal(value, digits))}${NBSP}${units[unit]}`
}

/** Writes bytes per second: `52.4 MB/s`. */
export function formatByteRate(bytesPerSecond: number | null | undefined): string {
  const text = formatBytes(bytesPerSecond)
  return text === UNKNOWN ? text : `${text}/s`
}

/** Writes something per second: `412/s`, `2 560/s`, `0.61/s`. */
export function formatRate(perSecond: number | null | undefined): string {
  if (perSecond === null || perSecond === undefined || !Number.isFinite(perSecond)) return UNKNOWN
  const digits = Math.abs(perSecond) >= 10 || Number.isInteger(perSecond) ? 0 : Math.abs(perSecond) >= 1 ? 1 : 2
  return `${formatDecimal(perSecond, digits)}/s`
}

/** Writes a share given as 0 to 1: `62 %`; it says `99 %` until it is really all. */
export function formatPercent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return UNKNOWN
  const rounded = Math.round(share * 100)
  const honest = share < 1 && rounded === 100 ? 99 : share > 0 && rounded === 0 ? 1 : rounded
  return `${honest}${NBSP}%`
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Writes a moment as a clock in UTC: `03:12:06`, with milliseconds where order matters. */
export function formatClock(epochMs: number | null | undefined, milliseconds = false): string {
  const date = validDate(epochMs)
  return date ? date.toISOString().slice(11, milliseconds ? 23 : 19) : UNKNOWN
}

/** Writes a day: `Sun 22 Nov`. */
export function formatDay(epochMs: number | null | undefined): string {
  const date = validDate(epochMs)
  if (!date) return UNKNOWN
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

/** Writes day and clock in UTC: `Sun 22 Nov 03:12:06 UTC`. */
export function formatMoment(epochMs: number | null | undefined): string {
  return validDate(epochMs) ? `${formatDay(epochMs)} ${formatClock(epochMs)} UTC` : UNKNOWN
}

function validDate(epochMs: number | null | undefined): Date | null {
  if (epochMs === null || epochMs === undefined) return null
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? null : date
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

function joinUnits(sign: string, first: [number, string], second: [number, string, number?]): string {
  const [amount, unit, width] = second
  const head = `${sign}${first[0]}${NBSP}${first[1]}`
  return amount === 0 ? head : `${head}${NBSP}${String(amount).padStart(width ?? 1, '0')}${NBSP}${unit}`
}
