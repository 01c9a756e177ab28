/** How much a server may send at a time. A row costs more memory than its bytes, so each packet counts for some. */
export interface AnswerLimits {
  /** Until the sign-in is over: bytes and packets in all. */
  signInBytes: number
  signInPackets: number
  /** One packet of an answer: one row, however many pieces it comes in. */
  packetBytes: number
  /** One answer in all, with `packetCost` for each of its packets. */
  answerBytes: number
}

const mebibyte = 1024 * 1024
export const answerLimits: AnswerLimits = {
  signInBytes: 256 * 1024,
  signInPackets: 32,
  packetBytes: 64 * mebibyte,
  answerBytes: 512 * mebibyte
}
const packetCost = 100
/** A packet of this length goes on in the next one. */
const fullPacket = 0xff_ffff

/** Why the guard cut a server off. */
export type Breach = 'sign-in-size' | 'sign-in-rounds' | 'packet-size' | 'answer-size' | 'file-asked' | 'out-of-order'

/** Watches what a server sends before the driver keeps any of it. */
export interface AnswerGuard {
  /** The sign-in is over: from now on answers are measured. */
  signedIn(): void
  /** A statement is sent, its answer is measured anew. */
  begin(): void
  /** The answer is whole: nothing is awaited. */
  rest(): void
  /** What is wrong with the bytes so far, or null. */
  see(chunk: Buffer): Breach | null
}

/** Follows the packet headers of one connection, whatever pieces they come in. */
export const makeAnswerGuard = (limits: AnswerLimits = answerLimits): AnswerGuard => {
  let phase: 'sign-in' | 'answers' = 'sign-in'
  let bytes = 0
  let packets = 0
  /** Bytes of the packet on the way that are still to come. */
  let toCome = 0
  let header: number[] = []
  /** Length of the row so far, over its pieces. */
  let row = 0
  let goesOn = false
  let first = false
  /** Number the next packet of an answer must bear; null: any. A driver that goes on with others writes a line for each. */
  let next: number | null = null
  let resting = true
  const judge = (): Breach | null => {
    if (phase === 'sign-in') {
      if (bytes > limits.signInBytes) return 'sign-in-size'
      return packets > limits.signInPackets ? 'sign-in-rounds' : null
    }
    if (row > limits.packetBytes) return 'packet-size'
    return bytes + packets * packetCost > limits.answerBytes ? 'answer-size' : null
  }
  return {
    signedIn: () => {
      phase = 'answers'
    },
    begin: () => {
      bytes = 0
      packets = 0
      next = null
      resting = false
    },
    rest: () => {
      next = null
      resting = true
    },
    see: (chunk) => {
      bytes += chunk.length
      let at = 0
      while (at < chunk.length) {
        if (toCome > 0) {
          // In the sign-in no packet begins like this but the request for a file.
          if (first && phase === 'sign-in' && chunk[at] === 0xfb) return 'file-asked'
          first = false
          const step = Math.min(toCome, chunk.length - at)
          toCome -= step
          at += step
          continue
        }
        header.push(chunk[at] ?? 0)
        at++
        if (header.length < 4) continue
        const number = header[3] ?? 0
        if (next !== null && number !== next) return 'out-of-order'
        next = resting ? null : (number + 1) % 256
        const length = (header[0] ?? 0) + (header[1] ?? 0) * 0x100 + (header[2] ?? 0) * 0x1_0000
        header = []
        if (!goesOn) {
          row = 0
          packets++
        }
        row += length
        goesOn = length === fullPacket
        toCome = length
        first = true
        // Only the sizes that a header announces are known before the bytes have come.
        const early = judge()
        if (early !== null) return early
      }
      return judge()
    }
  }
}
