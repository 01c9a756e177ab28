import { once } from 'node:events'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Client } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { makeOneBuffer } from '../../src/main/ssh/one-buffer'

interface CipherParts {
  keyLen: number
  ivLen: number
}
/** What ssh2 really deciphers with, so that an update of it that is called otherwise, or works in place, is noticed. */
const decipherOf = (cipher: string): object => {
  const inside = createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js') as {
    CIPHER_INFO: Record<string, CipherParts>
    MAC_INFO: Record<string, object>
    createDecipher(config: object): object
  }
  const parts = inside.CIPHER_INFO[cipher]
  if (!parts) throw new Error(`ssh2 has no ${cipher}`)
  return inside.createDecipher({
    inbound: {
      seqno: 0,
      onPayload: () => undefined,
      decipherInfo: parts,
      decipherKey: Buffer.alloc(parts.keyLen),
      decipherIV: Buffer.alloc(parts.ivLen),
      macInfo: inside.MAC_INFO['hmac-sha2-256-etm@openssh.com'],
      macKey: Buffer.alloc(32)
    }
  })
}
const clientWith = (decipher: object) => ({ _protocol: { _decipher: decipher } }) as unknown as Client

/** Pieces that arrive one by one, each kept as it was handed over. */
const piecesRead = async (client: Client | null): Promise<Buffer[]> => {
  let arrived: (socket: Socket) => void = () => undefined
  const far = new Promise<Socket>((resolve) => {
    arrived = resolve
  })
  const server = createServer((socket) => arrived(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const buffer = makeOneBuffer()
  const { port } = server.address() as AddressInfo
  const socket = await dialTcp('127.0.0.1', port, 5_000, undefined, buffer.onread)
  const sender = await far
  // Before anybody listens.
  sender.write('one')
  await new Promise((resolve) => setImmediate(resolve))
  buffer.feed(socket)
  if (client) buffer.reuse(client)
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  socket.resume()
  await once(socket, 'data')
  for (const word of ['two', 'six']) {
    sender.write(word)
    await once(socket, 'data')
  }
  sender.end()
  await once(socket, 'close')
  server.close()
  return pieces
}
const textOf = (pieces: Buffer[]) => pieces.map((piece) => piece.toString())

describe('a line read into one buffer', () => {
  it('keeps each piece apart until somebody is signed in', async () => {
    expect(textOf(await piecesRead(null))).toEqual(['one', 'two', 'six'])
  })

  it.each(['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr'])(
    'uses the same memory again behind %s, whose pieces are deciphered elsewhere',
    async (cipher) => {
      expect(textOf(await piecesRead(clientWith(decipherOf(cipher))))).toEqual(['six', 'six', 'six'])
    }
  )

  it('keeps the pieces apart behind anything else, as what deciphers in place would need it', async () => {
    class AESGCMDecipherBinding {}
    for (const client of [clientWith(new AESGCMDecipherBinding()), {} as Client])
      expect(textOf(await piecesRead(client))).toEqual(['one', 'two', 'six'])
  })
})
