import { fail } from '../../shared/failure'

/** The numbers of the record types that Siteswap changes or signs with. */
export const recordTypes = { A: 1, CNAME: 5, SOA: 6, AAAA: 28, TSIG: 250 } as const
export const recordClasses = { IN: 1, NONE: 254, ANY: 255 } as const

/** A domain name on the wire: lower case, uncompressed, as RFC 8945 wants it in a digest. */
export const nameToWire = (name: string): Buffer => {
  const labels = name.replace(/\.$/, '').toLowerCase().split('.').filter(Boolean)
  const parts: Buffer[] = []
  for (const label of labels) {
    const bytes = Buffer.from(label, 'latin1')
    if (bytes.length > 63)
      throw fail('invalid', `“${label}” is longer than a DNS label may be.`, { try: ['Check the domain name.'] })
    parts.push(Buffer.from([bytes.length]), bytes)
  }
  return Buffer.concat([...parts, Buffer.from([0])])
}

/** Offset after the (possibly compressed) name that starts at `offset`. */
export const skipName = (message: Buffer, offset: number): number => {
  for (let at = offset; ; ) {
    const length = message.readUInt8(at)
    if ((length & 0xc0) === 0xc0) return at + 2
    if (length === 0) return at + 1
    at += length + 1
  }
}

const ipv6Bytes = (text: string): Buffer => {
  const [head = '', tail] = text.split('::')
  const groups = (part: string): number[] => {
    const found: number[] = []
    for (const piece of part.split(':').filter(Boolean)) {
      if (piece.includes('.')) {
        const [a = 0, b = 0, c = 0, d = 0] = piece.split('.').map(Number)
        found.push(a * 256 + b, c * 256 + d)
      } else found.push(Number.parseInt(piece, 16))
    }
    return found
  }
  const first = groups(head)
  const last = tail === undefined ? [] : groups(tail)
  const all =
    tail === undefined
      ? first
      : [...first, ...Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last]
  const bytes = Buffer.alloc(16)
  all.slice(0, 8).forEach((group, index) => {
    bytes.writeUInt16BE(group & 0xffff, index * 2)
  })
  return bytes
}

/** The data part of an A, AAAA or CNAME record. */
export const recordData = (type: 'A' | 'AAAA' | 'CNAME', value: string): Buffer => {
  switch (type) {
    case 'A':
      return Buffer.from(value.split('.').map(Number))
    case 'AAAA':
      return ipv6Bytes(value)
    case 'CNAME':
      return nameToWire(value)
    default:
      return type satisfies never
  }
}

/** One resource record on the wire. */
export const recordToWire = (record: {
  name: string
  type: number
  class: number
  ttl: number
  data: Buffer
}): Buffer => {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(record.type, 0)
  fixed.writeUInt16BE(record.class, 2)
  fixed.writeUInt32BE(record.ttl, 4)
  fixed.writeUInt16BE(record.data.length, 8)
  return Buffer.concat([nameToWire(record.name), fixed, record.data])
}
