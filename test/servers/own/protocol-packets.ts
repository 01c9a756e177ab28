/** One packet of the database protocol. */
export const packet = (sequence: number, body: Buffer): Buffer => {
  const header = Buffer.alloc(4)
  header.writeUIntLE(body.length, 0, 3)
  header[3] = sequence & 0xff
  return Buffer.concat([header, body])
}

const flags = { usual: 0x0001 | 0x0200 | 0x8000 | 0x0008_0000 | 0x0080, tls: 0x0800 }

/** A server's greeting; `without`: capability flags that are left out. */
export const greetingPacket = ({
  tls = false,
  version = '8.0.36',
  protocol = 10,
  without = 0,
  plugin = 'mysql_native_password'
} = {}): Buffer => {
  const capabilities = (flags.usual | (tls ? flags.tls : 0)) & ~without
  const low = Buffer.alloc(2)
  low.writeUInt16LE(capabilities & 0xffff)
  const high = Buffer.alloc(2)
  high.writeUInt16LE(capabilities >>> 16)
  return packet(
    0,
    Buffer.concat([
      Buffer.from([protocol]),
      Buffer.from(`${version}\0`),
      Buffer.from([1, 0, 0, 0]),
      Buffer.from('12345678\0'),
      low,
      Buffer.from([45, 2, 0]),
      high,
      Buffer.from([21]),
      Buffer.alloc(10),
      Buffer.from('123456789012\0'),
      Buffer.from(`${plugin}\0`)
    ])
  )
}

/** “Everything went well.” */
export const ok = (sequence: number): Buffer => packet(sequence, Buffer.from([0, 0, 0, 2, 0, 0, 0]))

/** An error with a number and words. */
export const error = (sequence: number, errno: number, words: string): Buffer =>
  packet(
    sequence,
    Buffer.concat([Buffer.from([0xff, errno & 0xff, errno >> 8]), Buffer.from('#HY000'), Buffer.from(words)])
  )

const lengthCoded = (text: string): Buffer => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)])

/** The definition of a text column. */
export const column = (sequence: number): Buffer =>
  packet(
    sequence,
    Buffer.concat([
      ...['def', '', '', '', 'a', ''].map(lengthCoded),
      Buffer.from([0x0c, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0])
    ])
  )

/** The beginning of an answer with one text column. Rows follow with sequence 4. */
export const oneColumn = (): Buffer =>
  Buffer.concat([packet(1, Buffer.from([1])), column(2), packet(3, Buffer.from([0xfe, 0, 0, 2, 0]))])

/** 256 packets with the numbers from `first` on, so that they can be sent again and again. */
export const round = (first: number, make: (sequence: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: 256 }, (_, at) => make((first + at) % 256)))
