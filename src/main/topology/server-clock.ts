/** What a server's clock shows against this computer's, from bracketed readings; the quickest of the last ones counts. */
export class ServerClock {
  #samples: { roundTripMs: number; offsetMs: number }[] = []

  /** `nowUs`: the server's answer; sent and received on this computer's clock, in ms since 1970. */
  add(sentMs: number, receivedMs: number, nowUs: bigint): void {
    const roundTripMs = Math.max(0, receivedMs - sentMs)
    const offsetMs = Number(nowUs - BigInt(Math.round(((sentMs + receivedMs) / 2) * 1000))) / 1000
    this.#samples = [...this.#samples, { roundTripMs, offsetMs }].slice(-30)
  }

  /** Server minus this computer, in ms; wrong by half the round trip at most. null = never read. */
  get offsetMs(): number | null {
    return this.#best()?.offsetMs ?? null
  }

  get roundTripMs(): number | null {
    return this.#best()?.roundTripMs ?? null
  }

  #best() {
    return this.#samples.reduce<{ roundTripMs: number; offsetMs: number } | undefined>(
      (best, sample) => (best && best.roundTripMs <= sample.roundTripMs ? best : sample),
      undefined
    )
  }
}
