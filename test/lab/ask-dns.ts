import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { decode, encode } from 'dns-packet'

export interface Question {
  server: string
  port: number
  name: string
  localAddress?: string
  timeoutMs: number
}

/** Asks a DNS server for the A records of a name, with no cache of its own between. */
export function askAddresses(question: Question): Promise<string[]> {
  const { server, port, name, localAddress, timeoutMs } = question
  const id = randomInt(65_536)
  const packet = encode({ type: 'query', id, flags: 0x100, questions: [{ type: 'A', name }] })
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    const finish = (act: () => void): void => {
      clearTimeout(deadline)
      clearInterval(again)
      socket.close()
      act()
    }
    const ask = (): void => socket.send(packet, port, server, (error) => error && finish(() => reject(error)))
    const deadline = setTimeout(
      () => finish(() => reject(new Error(`${server}:${port} did not answer for ${name} in ${timeoutMs} ms`))),
      timeoutMs
    )
    const again = setInterval(ask, 700)
    socket.on('error', (error) => finish(() => reject(error)))
    socket.on('message', (answer) => {
      const message = decode(answer)
      if (message.id !== id) return
      const rcode = answer.readUInt8(3) & 0x0f
      if (rcode !== 0) return finish(() => reject(new Error(`${server} answered with error ${rcode} for ${name}`)))
      finish(() => resolve((message.answers ?? []).flatMap((record) => (record.type === 'A' ? [record.data] : []))))
    })
    socket.bind(0, localAddress, ask)
  })
}
