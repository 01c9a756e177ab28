import type { CanaryLedger } from '../../shared/canary'

/** Orders of one host as the app knows them and as the servers hold them: sequence numbers. */
export interface HostLedger {
  host: string
  sent: number
  acknowledged: ReadonlySet<number>
  onOld: readonly number[]
  onNew: readonly number[]
  longestGapMs: number | null
}

const doubledIn = (found: readonly number[]): number => found.length - new Set(found).size

/** Closes the books: every acknowledged order must be on both servers exactly once. */
export const closeLedger = (hosts: readonly HostLedger[], longestGapMs: number | null): CanaryLedger => {
  const rows = hosts.map(({ host, sent, acknowledged, onOld, onNew, longestGapMs: gap }) => ({
    host,
    sent,
    acknowledged: acknowledged.size,
    foundOld: new Set(onOld).size,
    foundNew: new Set(onNew).size,
    longestGapMs: gap
  }))
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const missing = hosts.reduce((total, { acknowledged, onOld, onNew }) => {
    const [old, fresh] = [new Set(onOld), new Set(onNew)]
    return total + [...acknowledged].filter((n) => !old.has(n) || !fresh.has(n)).length
  }, 0)
  return {
    hosts: rows,
    total: {
      sent: sum((row) => row.sent),
      acknowledged: sum((row) => row.acknowledged),
      foundOld: sum((row) => row.foundOld),
      foundNew: sum((row) => row.foundNew),
      missing,
      doubled: hosts.reduce((total, { onOld, onNew }) => total + doubledIn(onOld) + doubledIn(onNew), 0),
      longestGapMs
    }
  }
}
