import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Lab } from '../lab/lab'
import { onHost } from '../lab/network'
import { hostNamed } from '../lab/state'
import { freePort } from '../servers/own/free-port'

/** One `ssh -L` that listens here and ends at a port of the old database's host. */
export interface Tunnel {
  port: number
  /** Opens a connection through it and reads so many bytes. */
  read(bytes: number): Promise<void>
  end(): void
}

/** Reads until so many bytes have come; rejects when the other side ends before. */
export const readAll = (stream: Duplex, bytes: number): Promise<void> =>
  new Promise((done, reject) => {
    let seen = 0
    stream.on('data', (chunk: Buffer) => {
      seen += chunk.length
      if (seen < bytes) return
      stream.destroy()
      done()
    })
    stream.on('error', reject)
    stream.on('close', () => seen < bytes && reject(new Error(`only ${seen} of ${bytes} bytes came`)))
  })

/** The client's configuration: the same key, the same known hosts, the same way through the bastion. */
const writeConfig = (lab: Lab, folder: string): string => {
  const { state } = lab
  const path = join(folder, 'ssh_config')
  const bastion = hostNamed(state, 'old-bastion')
  const database = hostNamed(state, 'old-db')
  writeFileSync(
    path,
    `Host bastion\n  HostName ${bastion.fromOperator}\nHost database\n  HostName ${database.address}\n  ProxyJump bastion\n` +
      `Host *\n  User ${state.ssh.user}\n  Port ${bastion.sshPort}\n  IdentityFile ${state.ssh.keyFile}\n  IdentitiesOnly yes\n` +
      `  UserKnownHostsFile ${state.ssh.knownHosts}\n  StrictHostKeyChecking yes\n  ExitOnForwardFailure yes\n`
  )
  return path
}

/** Starts `ssh -N -L` over one hop or two; resolves when its port answers. */
export const tunnelBySsh = async (lab: Lab, folder: string, hops: 1 | 2, to: number): Promise<Tunnel> => {
  const port = await freePort()
  const config = writeConfig(lab, folder)
  const target = `${hostNamed(lab.state, 'old-db').address}:${to}`
  const argv = ['-F', config, '-N', '-L', `127.0.0.1:${port}:${target}`, hops === 1 ? 'bastion' : 'database']
  const child = spawn('ssh', argv, { stdio: ['ignore', 'ignore', 'inherit'] })
  await untilListening(child, port)
  return {
    port,
    read: (bytes) => readAll(connect(port, '127.0.0.1'), bytes),
    end: () => {
      child.kill('SIGTERM')
    }
  }
}

const untilListening = async (child: ChildProcess, port: number): Promise<void> => {
  const from = Date.now()
  for (;;) {
    if (child.exitCode !== null || Date.now() - from > 15_000) throw new Error('ssh -L did not come up')
    const up = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        done(true)
      })
      socket.once('error', () => done(false))
    })
    if (up) return
    await new Promise((later) => setTimeout(later, 2))
  }
}

const sourceProgram = `
const [address, bytes] = process.argv.slice(1)
const block = Buffer.alloc(65536)
const server = require('node:net').createServer((socket) => {
  let left = Number(bytes)
  socket.on('error', () => {})
  const go = () => {
    while (left > 0) {
      const part = left >= block.length ? block : block.subarray(0, left)
      left -= part.length
      if (!socket.write(part)) return
    }
    socket.end()
  }
  socket.on('drain', go)
  go()
})
server.listen(0, address, () => console.log(server.address().port))
`

/** A server on a host of the lab that sends so many bytes to whoever connects. */
export const tcpSource = async (lab: Lab, host: string, bytes: number): Promise<{ port: number; end(): void }> => {
  const { address } = hostNamed(lab.state, host)
  const [program = '', ...args] = onHost(lab.state, host, [
    process.execPath,
    '-e',
    sourceProgram,
    address,
    String(bytes)
  ])
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((done, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('the source ended')))
    child.stdout.once('data', (text: Buffer) => done(Number(text.toString())))
  })
  return { port, end: () => child.kill('SIGTERM') }
}
