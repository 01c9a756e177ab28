import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a port on this machine that can fail as networks do. */
export interface CutLine {
  port: number
  /** Everything that runs over it is reset, and nobody gets through any more. */
  cut(): void
  /** What is sent is neither delivered nor refused. */
  silence(): void
  heal(): void
  stop(): Promise<void>
}

/** Starts one that is whole. */
export const startCutLine = async (to: number): Promise<CutLine> => {
  const pairs = new Set<[Socket, Socket]>()
  let state: 'whole' | 'cut' | 'silent' = 'whole'
  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy()
      return
    }
    const far = connect({ host: '127.0.0.1', port: to })
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    for (const [from, into] of [
      [near, far],
      [far, near]
    ] as const) {
      from.on('error', () => undefined)
      from.on('data', (chunk) => {
        if (!into.write(chunk)) from.pause()
      })
      into.on('drain', () => state === 'whole' && from.resume())
      from.on('close', () => {
        pairs.delete(pair)
        into.destroy()
      })
    }
    if (state === 'silent') for (const socket of pair) socket.pause()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const reset = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut'
      reset()
    },
    silence: () => {
      state = 'silent'
      for (const pair of pairs) for (const socket of pair) socket.pause()
    },
    heal: () => {
      state = 'whole'
      for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    stop: async () => {
      reset()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
