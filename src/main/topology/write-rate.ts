import type { ServerSurvey } from '../../shared/server'

/** Writes per second between surveys for the last minute, oldest first. */
export class WriteRate {
  readonly #slots = new Map<string, (number | null)[]>()
  readonly #last = new Map<string, { at: number; total: number; key: string }>()
  readonly #length: number

  constructor(length = 60) {
    this.#length = length
  }

  /** Adds one survey, or null when the server did not answer this time. */
  add(server: string, survey: ServerSurvey | null): void {
    const before = this.#last.get(server)
    let rate: number | null = null
    if (survey) {
      const restarted = before && (survey.writesTotal < before.total || survey.identity.key !== before.key)
      if (before && !restarted && survey.at > before.at)
        rate = ((survey.writesTotal - before.total) * 1000) / (survey.at - before.at)
      this.#last.set(server, { at: survey.at, total: survey.writesTotal, key: survey.identity.key })
    }
    this.#slots.set(server, [...this.of(server), rate].slice(-this.#length))
  }

  of(server: string): (number | null)[] {
    return this.#slots.get(server) ?? []
  }
}
