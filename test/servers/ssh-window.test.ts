import { createHash, type Hash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { widestWindow } from '../../src/main/ssh/wide-window'
import { until } from '../lab/processes'
import { startSshBench } from './own/ssh-bench'
import { startOwnSshd } from './own/sshd'

const bench = startSshBench()
const { hop, open, knowAll, knowing, nameOf } = bench
const mebibyte = 1024 * 1024
/** Several times the width; SITESWAP_WINDOW_MIB=400 for a long look after an update of the SSH library. */
const size = Number(process.env.SITESWAP_WINDOW_MIB ?? 32) * mebibyte

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** What is sent is different at each place, so that nothing lost, doubled or swapped has the same hash. */
const blockAt = (place: number): Buffer => {
  const block = Buffer.alloc(64 * 1024, place & 0xff)
  for (let at = 0; at < block.length; at += 1024) block.writeUInt32BE(place + at, at)
  return block
}
const wholeHash = (): string => {
  const hash = createHash('sha256')
  for (let place = 0; place < size; place += 64 * 1024) hash.update(blockAt(place))
  return hash.digest('hex')
}
const send = (stream: Duplex): void => {
  let place = 0
  const go = () => {
    while (place < size) {
      const block = blockAt(place)
      place += block.length
      if (!stream.write(block)) return
    }
    stream.end()
  }
  stream.on('drain', go)
  go()
}

/** What the SSH library counts as still allowed, and what lies here. */
const heldBy = (channel: Duplex): number =>
  (channel as Duplex & { incoming: { window: number } }).incoming.window + channel.readableLength

describe('a channel’s window', () => {
  const source = createServer((socket) => {
    socket.on('error', () => undefined)
    send(socket)
  })
  const sink = createServer((socket) => {
    const hash: Hash = createHash('sha256')
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => hash.update(chunk))
    socket.on('end', () => socket.end(hash.digest('hex')))
  })
  let sourcePort = 0
  let sinkPort = 0
  let expected = ''
  beforeAll(async () => {
    expected = wholeHash()
    sourcePort = await listen(source)
    sinkPort = await listen(sink)
  })
  afterAll(() => {
    source.close()
    sink.close()
  })
  const openBoth = async () => {
    knowAll()
    return open([hop(bench.gateway), hop(bench.inner)])
  }

  it('is filled to its width and no further while nobody reads, and every byte comes whole afterwards', async () => {
    const host = await openBoth()
    const channel = await host.forward('127.0.0.1', sourcePort, 30_000)
    await until(() => channel.readableLength === widestWindow, 60_000, 'the window was not filled')
    expect((await host.exec('echo beside it', { deadlineMs: 30_000 })).stdout).toBe('beside it\n')
    expect(channel.readableLength).toBe(widestWindow)
    const hash = createHash('sha256')
    // Reading by hand takes all that is there at once: only then is there room again.
    for await (const chunk of channel) {
      hash.update(chunk as Buffer)
      expect(heldBy(channel)).toBeLessThanOrEqual(widestWindow)
    }
    expect(hash.digest('hex')).toBe(expected)
  })

  it('never lets a reader that stops and goes on hold more, with several channels side by side', async () => {
    const host = await openBoth()
    const hashes = await Promise.all(
      [1, 5, 16].map(async (pauseEvery) => {
        const channel = await host.forward('127.0.0.1', sourcePort, 30_000)
        const hash = createHash('sha256')
        let seen = 0
        channel.on('data', (chunk: Buffer) => {
          hash.update(chunk)
          const before = Math.floor(seen / mebibyte / pauseEvery)
          seen += chunk.length
          if (heldBy(channel) > widestWindow) channel.destroy(new Error('more is allowed than the width'))
          if (Math.floor(seen / mebibyte / pauseEvery) === before) return
          channel.pause()
          setTimeout(() => channel.resume(), 5)
        })
        await new Promise((resolve) => channel.once('end', resolve))
        expect(seen).toBe(size)
        return hash.digest('hex')
      })
    )
    expect(hashes).toEqual([expected, expected, expected])
  })

  it('stays whole over new key exchanges under way, with AES-CTR too', async () => {
    const sshd = await startOwnSshd({ lines: ['RekeyLimit 4M', 'Ciphers aes256-ctr'] })
    onTestFinished(() => sshd.stop())
    writeFileSync(sshd.authorizedKeys, readFileSync(`${bench.key}.pub`))
    knowing(`${nameOf(sshd)} ${sshd.hostKey('ed25519')}`)
    const host = await open([hop(sshd)])
    const channel = await host.forward('127.0.0.1', sourcePort, 30_000)
    const hash = createHash('sha256')
    for await (const chunk of channel) hash.update(chunk as Buffer)
    expect(hash.digest('hex')).toBe(expected)
    expect((await host.exec('echo still here', { deadlineMs: 30_000 })).stdout).toBe('still here\n')
  })

  it('does not matter to what is sent the other way', async () => {
    const host = await openBoth()
    const channel = await host.forward('127.0.0.1', sinkPort, 30_000)
    send(channel)
    const answer: Buffer[] = []
    for await (const chunk of channel) answer.push(chunk as Buffer)
    expect(Buffer.concat(answer).toString()).toBe(expected)
  })
})
