import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import { fail, failureOf } from '../../shared/failure'

export interface NameServer {
  host: string
  port: number
}

const silent = (server: NameServer, deadlineMs: number) =>
  fail('timeout', `The name server did not answer within ${deadlineMs / 1000} s.`, {
    where: `${server.host}:${server.port}`,
    try: ['Check the address and that port 53 is open for UDP and TCP from this computer.']
  })

const unreachable = (server: NameServer, error: unknown) =>
  fail('unreachable', 'The name server cannot be reached.', {
    where: `${server.host}:${server.port}`,
    words: failureOf(error).words ?? failureOf(error).what,
    try: ['Check the address and that port 53 is open from this computer.']
  })

/** One message over UDP; asks again once at half the deadline because datagrams get lost. */
export const overUdp = (server: NameServer, message: Buffer, deadlineMs: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(server.host) ? 'udp6' : 'udp4')
    const finish = (act: () => void) => {
      clearTimeout(again)
      clearTimeout(limit)
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.close()
      act()
    }
    const send = () =>
      socket.send(
        message,
        server.port,
        server.host,
        (error) => error && finish(() => reject(unreachable(server, error)))
      )
    const again = setTimeout(send, deadlineMs / 2)
    const limit = setTimeout(() => finish(() => reject(silent(server, deadlineMs))), deadlineMs)
    socket.on('error', (error) => finish(() => reject(unreachable(server, error))))
    socket.on('message', (answer) => {
      if (answer.length >= 12 && answer.readUInt16BE(0) === message.readUInt16BE(0)) finish(() => resolve(answer))
    })
    send()
  })

/** One message over TCP, on a connection of its own. */
export const overTcp = (server: NameServer, message: Buffer, deadlineMs: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, server.host)
    let seen = Buffer.alloc(0)
    const finish = (act: () => void) => {
      clearTimeout(limit)
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.destroy()
      act()
    }
    const limit = setTimeout(() => finish(() => reject(silent(server, deadlineMs))), deadlineMs)
    socket.on('error', (error) => finish(() => reject(unreachable(server, error))))
    socket.on('close', () =>
      finish(() => reject(unreachable(server, new Error('it closed the connection without an answer'))))
    )
    socket.on('connect', () => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(message.length, 0)
      socket.write(Buffer.concat([length, message]))
    })
    socket.on('data', (chunk) => {
      seen = Buffer.concat([seen, chunk])
      if (seen.length >= 2 && seen.length >= 2 + seen.readUInt16BE(0)) {
        const answer = seen.subarray(2, 2 + seen.readUInt16BE(0))
        finish(() => resolve(answer))
      }
    })
  })
