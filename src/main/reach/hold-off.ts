import type { FailureKind } from '../../shared/failure'

const transport: readonly FailureKind[] = ['unreachable', 'timeout', 'refused', 'not-found']
/** What only a person can change: trying again at once would nag, or lock an account. */
const needsPerson: Partial<Record<FailureKind, number>> = {
  auth: 15_000,
  'host-key-unknown': 30_000,
  'host-key-changed': 30_000,
  cancelled: 30_000,
  denied: 15_000
}

const firstMs = 250
const longestMs = { calm: 8_000, run: 1_000 }

/** How long nobody is let through to a host after so many failures in a row; up to a fifth less, so that many servers do not come back as one. */
export const holdOffMs = (
  kind: FailureKind,
  failures: number,
  pace: 'calm' | 'run',
  random: () => number = Math.random
): number => {
  if (transport.includes(kind)) {
    const ms = Math.min(longestMs[pace], firstMs * 2 ** Math.min(failures - 1, 10))
    return Math.round(ms * (1 - random() / 5))
  }
  return needsPerson[kind] ?? 0
}
