import type { Finding } from '../../shared/finding'
import type { Waiver } from '../../shared/move'

/** Findings with the waivers that hold for them; only what may be waived is. A waiver without a server holds for each of the check. */
export const withWaivers = (findings: readonly Finding[], waivers: readonly Waiver[]): Finding[] =>
  findings.map((finding) => {
    const waiver = waivers.find(
      ({ check, server }) => check === finding.check && (server === undefined || server === finding.server)
    )
    const bad = finding.verdict !== 'ok' && finding.verdict !== 'info'
    return { ...finding, waiver: finding.waivable && bad ? (waiver ?? null) : null }
  })
