/** What a simulated server says to one statement. Values are text or null, as servers render them. */
export type Answer =
  | { kind: 'rows'; columns: string[]; rows: (string | null)[][] }
  | { kind: 'ok' }
  | { kind: 'error'; code: number; state: string; text: string }

const capabilities =
  0x0000_0001 | // long password
  0x0000_0004 | // long flag
  0x0000_0008 | // connect with database
  0x0000_0200 | // protocol 4.1
  0x0000_2000 | // transactions
  0x0000_8000 | // secure connection
  0x0001_0000 | // several statements
  0x0002_0000 | // several results
  0x0008_0000 | // sign-in plugins
  0x0010_0000 // attributes of the connection
const autocommit = 0x0002
const moreResults = 0x0008

const packetOf = (sequence: number, body: Buffer): Buffer => {
  const header = Buffer.alloc(4)
  header.writeUIntLE(body.length, 0, 3)
  header[3] = sequence & 0xff
  return Buffer.concat([header, body])
}

const count = (value: number): Buffer => {
  if (value < 251) return Buffer.from([value])
  if (value < 0x1_0000) return Buffer.from([0xfc, value & 0xff, value >> 8])
  const wide = Buffer.alloc(4)
  wide[0] = 0xfd
  wide.writeUIntLE(value, 1, 3)
  return wide
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([count(bytes.length), bytes])
}

const null251 = Buffer.from([0xfb])

const columnOf = (name: string): Buffer =>
  Buffer.concat([
    ...['def', '', '', ''].map(text),
    text(name),
    text(name),
    // utf8mb4, 64 KiB, VAR_STRING
    Buffer.from([0x0c, 45, 0, 0xff, 0xff, 0, 0, 253, 0, 0, 0, 0, 0])
  ])

/** The greeting of a server of this version, whose connections are numbered. */
export const greeting = (version: string, connectionId: number): Buffer => {
  const fixed = Buffer.alloc(4)
  fixed.writeUInt32LE(connectionId)
  const low = Buffer.alloc(2)
  low.writeUInt16LE(capabilities & 0xffff)
  const high = Buffer.alloc(2)
  high.writeUInt16LE(capabilities >>> 16)
  return packetOf(
    0,
    Buffer.concat([
      Buffer.from([10]),
      Buffer.from(`${version}\0`),
      fixed,
      Buffer.from('abcdefgh\0'),
      low,
      Buffer.from([45, autocommit, 0]),
      high,
      Buffer.from([21]),
      Buffer.alloc(10),
      Buffer.from('ijklmnopqrst\0'),
      Buffer.from('mysql_native_password\0')
    ])
  )
}

/** The answers to one packet of statements, beginning with this sequence number; `more`: they promise another one. */
export const answersOf = (answers: readonly Answer[], first = 1, more = false): Buffer => {
  const parts: Buffer[] = []
  let sequence = first
  const put = (body: Buffer) => parts.push(packetOf(sequence++, body))
  answers.forEach((answer, index) => {
    const status = autocommit | (more || index < answers.length - 1 ? moreResults : 0)
    const eof = Buffer.from([0xfe, 0, 0, status & 0xff, status >> 8])
    if (answer.kind === 'ok') put(Buffer.from([0, 0, 0, status & 0xff, status >> 8, 0, 0]))
    else if (answer.kind === 'error')
      put(
        Buffer.concat([
          Buffer.from([0xff, answer.code & 0xff, answer.code >> 8]),
          Buffer.from(`#${answer.state}`),
          Buffer.from(answer.text)
        ])
      )
    else {
      put(count(answer.columns.length))
      for (const name of answer.columns) put(columnOf(name))
      put(eof)
      for (const row of answer.rows) put(Buffer.concat(row.map((value) => (value === null ? null251 : text(value)))))
      put(eof)
    }
  })
  return Buffer.concat(parts)
}

/** Cuts a stream into packets: fed chunks, it answers the whole bodies that have come with their sequence numbers. */
export const packetReader = (): ((chunk: Buffer) => { sequence: number; body: Buffer }[]) => {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole: { sequence: number; body: Buffer }[] = []
    while (rest.length >= 4) {
      const length = rest.readUIntLE(0, 3)
      if (rest.length < length + 4) break
      whole.push({ sequence: rest[3] ?? 0, body: rest.subarray(4, length + 4) })
      rest = rest.subarray(length + 4)
    }
    return whole
  }
}
