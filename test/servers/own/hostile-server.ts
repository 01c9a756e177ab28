import { createServer, type Socket } from 'node:net'

export type Hostility =
  | { kind: 'infile'; file: string; at: 'sign-in' | 'first-statement' }
  | { kind: 'switch'; plugin: string }
  | { kind: 'silent' }
  | { kind: 'bytes'; bytes: Buffer }

export interface HostileServer {
  port: number
  /** Everything the client sent, as latin1 text. */
  heard(): string
  /** Bytes that came after the server's own request, once the client hung up. */
  afterRequest(): Promise<number>
  stop(): Promise<void>
}

const packet = (sequence: number, body: Buffer): Buffer => {
  const header = Buffer.alloc(4)
  header.writeUIntLE(body.length, 0, 3)
  header[3] = sequence
  return Buffer.concat([header, body])
}

const greeting = (): Buffer => {
  const capabilities = 0x0001 | 0x0200 | 0x8000 | 0x00080000 | 0x0080
  const low = Buffer.alloc(2)
  low.writeUInt16LE(capabilities & 0xffff)
  const high = Buffer.alloc(2)
  high.writeUInt16LE(capabilities >>> 16)
  return packet(
    0,
    Buffer.concat([
      Buffer.from([10]),
      Buffer.from('8.0.36\0'),
      Buffer.from([1, 0, 0, 0]),
      Buffer.from('12345678\0'),
      low,
      Buffer.from([45, 2, 0]),
      high,
      Buffer.from([21]),
      Buffer.alloc(10),
      Buffer.from('123456789012\0'),
      Buffer.from('mysql_native_password\0')
    ])
  )
}

const ok = (sequence: number) => packet(sequence, Buffer.from([0, 0, 0, 2, 0, 0, 0]))

/** A small program that speaks just enough of the protocol to ask for what it must not get. */
export const startHostileServer = async (hostility: Hostility): Promise<HostileServer> => {
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  let requested = false
  let after = 0
  let hungUp: () => void = () => undefined
  const done = new Promise<void>((resolve) => {
    hungUp = resolve
  })
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => hungUp())
    let step = 0
    socket.on('data', (chunk) => {
      heard.push(chunk)
      if (requested) after += chunk.length
      step++
      if (hostility.kind === 'switch' && step === 1)
        socket.write(
          packet(2, Buffer.concat([Buffer.from([0xfe]), Buffer.from(`${hostility.plugin}\0`), Buffer.alloc(21, 7)]))
        )
      const asking = hostility.kind === 'infile' && hostility.at === 'sign-in' ? 1 : 2
      if (hostility.kind === 'infile' && step < asking) socket.write(ok(2))
      if (hostility.kind === 'infile' && step === asking) {
        requested = true
        socket.write(packet(asking === 1 ? 2 : 1, Buffer.concat([Buffer.from([0xfb]), Buffer.from(hostility.file)])))
      }
    })
    if (hostility.kind === 'bytes') socket.write(hostility.bytes)
    else if (hostility.kind !== 'silent') socket.write(greeting())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    heard: () => Buffer.concat(heard).toString('latin1'),
    afterRequest: async () => {
      await done
      return after
    },
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      })
  }
}
