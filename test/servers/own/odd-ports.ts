import { type ChildProcess, spawn } from 'node:child_process'
import { createServer as createWebServer } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Ports where something answers that is not what is looked for. */
export interface OddPorts {
  /** A web server. */
  web: number
  /** Takes connections and says nothing. */
  mute: number
  /** Takes connections and ends them at once, as a balancer does whose server is down. */
  curt: number
  /** Takes connections and resets them. */
  reset: number
  /** Greets as a mail server. */
  mail: number
  /** Does not even take connections: packets are dropped. */
  deaf: number
  /** Greets in the database's protocol that this address is blocked (1129). */
  blocked: number
  /** A line to a port: late by so much each way, carrying so much, falling silent after so much (bytes). */
  line(to: number, kind: { delayMs?: number; bytesPerSecond?: number; silentAfter?: number }): Promise<number>
  stop(): Promise<void>
}

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

const listen = async (servers: Server[], onSocket: (socket: Socket) => void): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return portOf(server)
}

/** A port whose queue is full: Linux drops what comes then, like a firewall. */
const startDeaf = async (): Promise<{ port: number; child: ChildProcess; sockets: Socket[] }> => {
  const script =
    'import socket,sys,time\ns=socket.socket()\ns.bind(("127.0.0.1",0))\ns.listen(0)\nprint(s.getsockname()[1],flush=True)\ntime.sleep(600)'
  const child = spawn('python3', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))))
  const sockets = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }).on('error', () => undefined))
  await new Promise((resolve) => sockets[0]?.once('connect', resolve))
  return { port, child, sockets }
}

const carry = (from: Socket, to: Socket, kind: Parameters<OddPorts['line']>[1]): void => {
  const { delayMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY, silentAfter = Number.POSITIVE_INFINITY } = kind
  let passed = 0
  let before: Promise<unknown> = Promise.resolve()
  from.on('data', (chunk: Buffer) => {
    const due = Date.now() + delayMs
    passed += chunk.length
    if (passed > silentAfter) return
    before = before.then(async () => {
      await sleep(Math.max(0, due - Date.now()) + (chunk.length / bytesPerSecond) * 1000)
      to.write(chunk)
    })
  })
  from.on('close', () => to.destroy())
}

const refusal = (): Buffer => {
  const words = "Host '10.1.2.3' is blocked because of many connection errors; unblock with 'mysqladmin flush-hosts'"
  const body = Buffer.concat([Buffer.from([0xff, 0x69, 0x04]), Buffer.from(words)])
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body])
}

/** Starts all of them. */
export const startOddPorts = async (): Promise<OddPorts> => {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    return socket
  }
  const web = createWebServer((_request, response) => response.end('hello'))
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  const deaf = await startDeaf()
  return {
    web: portOf(web),
    mute: await listen(servers, (socket) => void keep(socket).resume()),
    curt: await listen(servers, (socket) => void keep(socket).end()),
    reset: await listen(servers, (socket) => keep(socket).once('data', () => socket.resetAndDestroy())),
    mail: await listen(servers, (socket) => void keep(socket).write('220 mail.example.com ESMTP\r\n')),
    blocked: await listen(servers, (socket) => keep(socket).end(refusal())),
    deaf: deaf.port,
    line: (to, kind) =>
      listen(servers, (socket) => {
        const other = keep(connect({ host: '127.0.0.1', port: to, noDelay: true })).on('error', () => undefined)
        carry(keep(socket), other, {})
        carry(other, socket, kind)
      }),
    stop: async () => {
      for (const socket of [...sockets, ...deaf.sockets]) socket.destroy()
      deaf.child.kill()
      web.closeAllConnections()
      await Promise.all([...servers, web].map((server) => new Promise((resolve) => server.close(resolve))))
    }
  }
}
