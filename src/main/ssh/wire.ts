/** A length-prefixed string of the SSH wire format. */
export const wireField = (bytes: Buffer | string): Buffer => {
  const body = Buffer.from(bytes)
  return Buffer.concat([wireCount(body.length), body])
}

/** A 32-bit number of the SSH wire format. */
export const wireCount = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Reads length-prefixed strings one after another; null once the bytes do not hold what is asked for. */
export const wireReader = (bytes: Buffer): { field(): Buffer | null; skip(length: number): void } => {
  let at = 0
  return {
    field: () => {
      if (at + 4 > bytes.length) return null
      const length = bytes.readUInt32BE(at)
      if (at + 4 + length > bytes.length) return null
      const body = bytes.subarray(at + 4, at + 4 + length)
      at += 4 + length
      return body
    },
    skip: (length) => {
      at += length
    }
  }
}
