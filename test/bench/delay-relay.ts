/** node --import tsx test/bench/delay-relay.ts DELAY_MS PORT...: prints one local port per given port; every byte waits. */

import { connect, createServer, type Socket } from 'node:net'

const [delayMs = 0, ...ports] = process.argv.slice(2).map(Number)

const delayed = (from: Socket, to: Socket): void => {
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), delayMs))
  from.on('end', () => setTimeout(() => to.end(), delayMs))
  from.on('close', () => setTimeout(() => to.destroy(), delayMs + 50))
  from.on('error', () => to.destroy())
}

for (const port of ports) {
  const server = createServer((client) => {
    const target = connect({ host: '127.0.0.1', port, noDelay: true })
    client.setNoDelay(true)
    delayed(client, target)
    delayed(target, client)
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address && typeof address === 'object') process.stdout.write(`${port} ${address.port}\n`)
  })
}
process.on('disconnect', () => process.exit(0))
process.stdin.on('end', () => process.exit(0)).resume()
