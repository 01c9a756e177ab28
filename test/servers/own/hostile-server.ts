import { createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { greetingPacket, ok, packet } from './protocol-packets'

export type Hostility =
  /** Asks for a file instead of answering. `at`: the sign-in, the first statement, or the n-th after it. */
  | { kind: 'infile'; file: string; at: 'sign-in' | 'first-statement' | number }
  | { kind: 'switch'; plugin: string; data?: Buffer }
  /** Asks for another sign-in again and again. */
  | { kind: 'rounds'; plugin: string }
  /** Greets like this, and answers the client's messages with these, one by one. */
  | { kind: 'script'; greeting?: Buffer; answers: Buffer[] }
  | { kind: 'silent' }
  | { kind: 'bytes'; bytes: Buffer }
  /** Lets the client in and answers its n-th statement, the pinning of settings being the first, with these pieces without end. */
  | { kind: 'flood'; at: number; head: Buffer; piece: Buffer }
  /** Offers TLS and then asks for the password by a plugin. */
  | { kind: 'tls-switch'; plugin: string; cert: string; key: string }

export interface HostileServer {
  port: number
  /** Everything the client sent, as latin1 text. */
  heard(): string
  /** Bytes that came after the server's own request, once the client hung up. */
  afterRequest(): Promise<number>
  /** Bytes sent until the client hung up. */
  sent(): Promise<number>
  stop(): Promise<void>
}

/** What the server answers to the `step`-th message of the client; null: nothing. */
const answerTo = (hostility: Hostility, step: number): Buffer | null => {
  switch (hostility.kind) {
    case 'infile': {
      const asking = hostility.at === 'sign-in' ? 1 : hostility.at === 'first-statement' ? 2 : hostility.at + 2
      if (step < asking) return ok(step === 1 ? 2 : 1)
      const request = Buffer.concat([Buffer.from([0xfb]), Buffer.from(hostility.file)])
      return step === asking ? packet(asking === 1 ? 2 : 1, request) : null
    }
    case 'switch':
    case 'tls-switch':
    case 'rounds': {
      if (step > 1 && hostility.kind !== 'rounds') return null
      const data = hostility.kind === 'switch' ? (hostility.data ?? Buffer.alloc(21, 7)) : Buffer.alloc(21, 7)
      const sequence = 2 * step + (hostility.kind === 'tls-switch' ? 1 : 0)
      return packet(sequence, Buffer.concat([Buffer.from([0xfe]), Buffer.from(`${hostility.plugin}\0`), data]))
    }
    case 'script':
      return hostility.answers[step - 1] ?? null
    case 'flood':
      return step < hostility.at + 1 ? ok(step === 1 ? 2 : 1) : null
    default:
      return null
  }
}

/** A small program that speaks just enough of the protocol to misbehave in one way. */
export const startHostileServer = async (hostility: Hostility): Promise<HostileServer> => {
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  let requested = false
  let after = 0
  let sent = 0
  let hungUp: () => void = () => undefined
  const done = new Promise<void>((resolve) => {
    hungUp = resolve
  })
  const flood = (socket: Socket, piece: Buffer) => {
    while (!socket.destroyed && socket.writable) {
      sent += piece.length
      if (!socket.write(piece)) {
        socket.once('drain', () => flood(socket, piece))
        return
      }
    }
  }
  const talk = (socket: Socket) => {
    let step = 0
    socket.on('data', (chunk) => {
      heard.push(chunk)
      if (requested) after += chunk.length
      step++
      const answer = answerTo(hostility, step)
      if (answer !== null) {
        if (answer[4] === 0xfb) requested = true
        socket.write(answer)
      }
      if (hostility.kind === 'flood' && step === hostility.at + 1) {
        socket.write(hostility.head)
        flood(socket, hostility.piece)
      }
    })
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => hungUp())
    if (hostility.kind === 'bytes') socket.write(hostility.bytes)
    else if (hostility.kind === 'script' && hostility.greeting) socket.write(hostility.greeting)
    else if (hostility.kind !== 'silent') socket.write(greetingPacket({ tls: hostility.kind === 'tls-switch' }))
    if (hostility.kind !== 'tls-switch') return talk(socket)
    // The client's wish for TLS is one packet; what follows is encrypted.
    socket.once('data', (wish) => {
      socket.pause()
      const length = wish.readUIntLE(0, 3) + 4
      if (wish.length > length) socket.unshift(wish.subarray(length))
      const secureContext = createSecureContext({ cert: hostility.cert, key: hostility.key })
      const secured = new TLSSocket(socket, { isServer: true, secureContext })
      secured.on('error', () => undefined)
      talk(secured)
    })
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
    sent: async () => {
      await done
      return sent
    },
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      })
  }
}
