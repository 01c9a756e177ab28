import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { takeTurns } from '../../src/main/ssh/take-turns'

const bytes = 24 * 1024 * 1024

/** A sender that is always faster, and a reader for whom each piece costs `costMs` by its own clock. */
const read = async (costMs: number): Promise<{ seen: number; turns: number[] }> => {
  const server = createServer((socket) => socket.end(Buffer.alloc(bytes)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  let clock = 0
  let seen = 0
  let begun = 0
  const turns: number[] = []
  takeTurns(socket, () => clock)
  const count = () => {
    turns.push(clock - begun)
    begun = clock
    if (!socket.destroyed) setImmediate(count)
  }
  socket.on('data', (chunk) => {
    seen += chunk.length
    clock += costMs
  })
  setImmediate(count)
  await once(socket, 'close')
  server.close()
  return { seen, turns }
}

describe('a busy line', () => {
  it('leaves the event loop to others after a millisecond, and loses nothing', async () => {
    const { seen, turns } = await read(1)
    expect(seen).toBe(bytes)
    // One, the piece that is over it, and one that was read already when the socket was told to pause.
    expect(Math.max(...turns)).toBeLessThanOrEqual(3)
  })

  it('is not slowed down while its pieces cost nothing', async () => {
    const { seen, turns } = await read(0)
    expect(seen).toBe(bytes)
    expect(Math.max(...turns)).toBe(0)
  })
})
