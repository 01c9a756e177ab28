import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Pace, PaceName } from '../../src/main/ssh/pulse'
import { failureFrom } from './own/failure-of'
import { freePort } from './own/free-port'
import { startSshBench } from './own/ssh-bench'
import { startOwnSshd } from './own/sshd'
import { standStill } from './own/stand-still'

const bench = startSshBench()
const { fileNamed, nameOf, hop, open, knowing, knowAll } = bench

describe('a signed-in host', () => {
  it('runs commands with input, both outputs, exit codes and text that comes as it is written', async () => {
    knowAll()
    const host = await open([hop(bench.inner)])
    const pieces: string[] = []
    const result = await host.exec('cat; echo "größe €" >&2; exit 7', {
      input: 'from this side\n',
      deadlineMs: 30_000,
      onStdout: (text) => pieces.push(text)
    })
    expect(result).toEqual({ code: 7, signal: null, stdout: 'from this side\n', stderr: 'größe €\n' })
    expect(pieces.join('')).toBe('from this side\n')
    expect((await host.exec('kill -9 $$', { deadlineMs: 30_000 })).signal).toBe('SIGKILL')
  })

  it('caps what it keeps of a long output and says so', async () => {
    knowAll()
    const host = await open([hop(bench.inner)])
    let heard = 0
    const result = await host.exec('head -c 3000000 /dev/zero | tr "\\0" x', {
      deadlineMs: 20_000,
      onStdout: (text) => {
        heard += text.length
      }
    })
    expect(result.stdout).toHaveLength(1024 * 1024)
    expect(result.truncated).toBe(true)
    expect(heard).toBe(3_000_000)
  })

  it('ends a command at its deadline or when the caller gives up, and goes on working', async () => {
    knowAll()
    const host = await open([hop(bench.inner)])
    const late = await failureFrom(host.exec('sleep 30', { deadlineMs: 300 }))
    expect(late.kind).toBe('timeout')
    expect(late.what).toBe(`A command on ${host.label} did not end within 300 ms.`)
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    expect((await failureFrom(host.exec('sleep 30', { deadlineMs: 30_000, signal: abort.signal }))).kind).toBe(
      'cancelled'
    )
    expect((await host.exec('echo alive', { deadlineMs: 30_000 })).stdout).toBe('alive\n')
  })

  it('forwards to TCP addresses and unix sockets, and says what nothing answers', async () => {
    knowAll()
    const host = await open([hop(bench.gateway), hop(bench.inner)])
    const path = fileNamed('echo.sock')
    const echo = createServer((socket) => socket.pipe(socket))
    await new Promise<void>((resolve) => echo.listen(path, resolve))
    const stream = await host.forwardSocket(path, 30_000)
    const answer = new Promise<string>((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString())))
    stream.write('ping')
    expect(await answer).toBe('ping')
    stream.destroy()
    echo.close()
    const port = await freePort()
    const failure = await failureFrom(host.forward('127.0.0.1', port, 30_000))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(`Seen from ${host.label}, nothing answers at 127.0.0.1:${port}.`)
  })

  it('says when the host forbids forwarding', async () => {
    const strict = await startOwnSshd({ lines: ['AllowTcpForwarding no'] })
    try {
      writeFileSync(strict.authorizedKeys, readFileSync(`${bench.key}.pub`))
      knowing(`${nameOf(strict)} ${strict.hostKey('ed25519')}`)
      const host = await open([hop(strict)])
      const failure = await failureFrom(host.forward('127.0.0.1', 3306, 30_000))
      expect(failure.kind).toBe('denied')
      expect(failure.what).toBe(`${host.label} does not allow forwarding to 127.0.0.1:3306.`)
    } finally {
      await strict.stop()
    }
  })

  it('notices a killed transport, tells everybody once and fails what was under way', async () => {
    knowAll()
    const host = await open([hop(bench.gateway), hop(bench.inner)])
    const whys: string[] = []
    host.onClose((why) => whys.push(why))
    const running = failureFrom(host.exec('sleep 30', { deadlineMs: 20_000 }))
    const parent = (await host.exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim()
    process.kill(Number(parent), 'SIGKILL')
    const failure = await running
    expect(failure.kind).toBe('unreachable')
    expect(host.open).toBe(false)
    expect(whys).toHaveLength(1)
    expect((await failureFrom(host.exec('true', { deadlineMs: 1_000 }))).kind).toBe('unreachable')
  })

  const silenced = async (paces: Record<PaceName, Pace>) => {
    knowAll()
    const host = await open([hop(bench.gateway), hop(bench.inner)], { paces })
    const gone = new Promise<string>((resolve) => host.onClose(resolve))
    const parent = Number((await host.exec('echo $PPID', { deadlineMs: 30_000 })).stdout.trim())
    await standStill(parent)
    onTestFinished(() => {
      process.kill(parent, 'SIGKILL')
    })
    return { host, gone }
  }
  const slow = { intervalMs: 600_000, countMax: 3 }
  const quick = { intervalMs: 400, countMax: 3 }

  it('notices a line that went silent when nobody uses it, at the pace of a run while one goes on', async () => {
    const { host, gone } = await silenced({ calm: slow, run: quick })
    host.pace('run')
    expect(await gone).toBe(
      `The SSH connection to ${host.label.split(' through')[0]} is lost: Keepalive timeout: no answer for 1 s.`
    )
    expect(host.open).toBe(false)
    expect((await failureFrom(host.exec('true', { deadlineMs: 500 }))).kind).toBe('unreachable')
  })

  it('asks a line for life at once when something ran into its deadline there', async () => {
    const { host, gone } = await silenced({ calm: slow, run: quick })
    const began = Date.now()
    expect((await failureFrom(host.forward('127.0.0.1', bench.inner.port, 300))).kind).toBe('timeout')
    expect((await failureFrom(host.exec('true', { deadlineMs: 300 }))).kind).toBe('timeout')
    expect(Date.now() - began).toBeLessThan(60_000)
    expect(await gone).toContain('is lost: no answer for 1 s')
    expect(host.open).toBe(false)
  })

  it('keeps a line that answers, however often it is asked', async () => {
    knowAll()
    // A busy computer may answer late; one unanswered question is the end here.
    const host = await open([hop(bench.inner)], { paces: { calm: { intervalMs: 400, countMax: 1 }, run: quick } })
    host.check(1_000)
    expect((await host.exec('sleep 3; echo there', { deadlineMs: 8_000 })).stdout).toBe('there\n')
    host.check(1_000)
    expect((await host.exec('echo there', { deadlineMs: 30_000 })).stdout).toBe('there\n')
  })

  it('opens no listening port on this computer', async () => {
    knowAll()
    /** A file may be closed while the folder is being read. */
    const targetOf = (fd: string) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`)
      } catch {
        return ''
      }
    }
    const ownSockets = () =>
      readdirSync('/proc/self/fd').flatMap((fd) => /^socket:\[(\d+)\]$/.exec(targetOf(fd))?.[1] ?? [])
    const host = await open([hop(bench.gateway), hop(bench.inner)])
    const stream = await host.forward('127.0.0.1', bench.inner.port, 30_000)
    const listening = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .map((line) => line.split(/\s+/))
      .filter((words) => words[4] === '0A')
      .map((words) => words[9])
    const own = ownSockets()
    expect(own.length).toBeGreaterThan(0)
    expect(listening.filter((inode) => own.includes(inode ?? ''))).toEqual([])
    stream.destroy()
  })
})
