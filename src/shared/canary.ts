/** Canary orders: rows written through the shop's path, each recorded before it is sent and when it is acknowledged. */
export interface CanaryState {
  kind: 'off' | 'running'
  /** Server ids of the hosts they travel from. */
  hosts: string[]
  perSecond: number
  sent: number
  acknowledged: number
  waiting: number
  failed: number
  /** After the run: ids found on each side. null = not counted yet. */
  found: { old: number; new: number; missing: number; doubled: number } | null
  longestGapMs: number | null
  /** The last 20 s in slots of 100 ms, oldest first: acknowledged per slot and the worst latency in it. */
  slots: { at: number; acknowledged: number; worstMs: number | null }[]
  at: number
}

export interface CanaryLedger {
  hosts: {
    host: string
    sent: number
    acknowledged: number
    foundOld: number
    foundNew: number
    longestGapMs: number | null
  }[]
  total: {
    sent: number
    acknowledged: number
    foundOld: number
    foundNew: number
    missing: number
    doubled: number
    longestGapMs: number | null
  }
}
