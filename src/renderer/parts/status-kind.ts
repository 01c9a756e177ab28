/** Every state the app shows, with the word that stands beside its icon when nothing better is said. */
export const statusWords = {
  ok: 'ok',
  attention: 'attention',
  danger: 'danger',
  stop: 'stop',
  info: 'info',
  running: 'running',
  todo: 'to do',
  unknown: 'unknown',
  stale: 'stale',
  'left-out': 'left out',
  waived: 'waived',
  inconclusive: 'inconclusive'
} as const

/** One state of the status vocabulary. */
export type StatusKind = keyof typeof statusWords
