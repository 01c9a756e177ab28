import type { LagHistory } from '../../shared/contract'

/** Fifteen minutes of lag at one reading a second. */
export class LagSeries {
  #at: number[] = []
  readonly #series = new Map<string, (number | null)[]>()
  readonly #length: number

  constructor(length = 900) {
    this.#length = length
  }

  /** One reading of all links; a link that is not named was not seen. */
  add(atMs: number, lags: Readonly<Record<string, number | null>>): void {
    const second = Math.floor(atMs / 1000)
    if (second <= (this.#at.at(-1) ?? 0)) return
    for (const id of Object.keys(lags))
      if (!this.#series.has(id))
        this.#series.set(
          id,
          this.#at.map(() => null)
        )
    const lost = this.#at.length < this.#length ? 0 : 1
    this.#at = [...this.#at.slice(lost), second]
    for (const [id, values] of this.#series) {
      const next = [...values.slice(lost), lags[id] ?? null]
      if (!(id in lags) && next.every((value) => value === null)) this.#series.delete(id)
      else this.#series.set(id, next)
    }
  }

  of(linkId: string): (number | null)[] {
    return this.#series.get(linkId) ?? []
  }

  /** Readings are added to copies: what was handed out stays as it is. */
  history(): LagHistory {
    return { at: this.#at, series: Object.fromEntries(this.#series) }
  }
}
