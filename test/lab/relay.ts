/**
 * relay.ts PLAN.json: the wide-area links of loopback mode. Each listener carries TCP to the real address with a
 * one-way delay; `down` on a link's control socket silences it (bytes wait, as TCP would resend them), `up` lets go.
 */
import { existsSync, readFileSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'

interface Link {
  delayMs: number
  up: boolean
  waiting: Set<() => void>
}
interface Plan {
  delayMs: number
  controls: Record<string, string>
  listeners: { link: string; listen: string; to: string; port: number }[]
}

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan
const links = new Map<string, Link>()
for (const name of Object.keys(plan.controls)) links.set(name, { delayMs: plan.delayMs, up: true, waiting: new Set() })

function carry(from: Socket, to: Socket, link: Link): void {
  const queue: { at: number; act: () => void }[] = []
  let timer: NodeJS.Timeout | undefined
  const drain = (): void => {
    timer = undefined
    if (!link.up) {
      link.waiting.add(drain)
      return
    }
    while (queue[0] && queue[0].at <= performance.now() + 0.5) queue.shift()?.act()
    const next = queue[0]
    if (next) timer = setTimeout(drain, Math.max(0, next.at - performance.now()))
    if (queue.length < 256) from.resume()
  }
  const put = (act: () => void): void => {
    queue.push({ at: performance.now() + link.delayMs, act })
    if (queue.length >= 512) from.pause()
    if (!timer && !link.waiting.has(drain)) timer = setTimeout(drain, link.delayMs)
  }
  from.on('data', (chunk) => put(() => to.write(chunk)))
  from.on('end', () => put(() => to.end()))
  from.on('close', () => put(() => to.destroy()))
  from.on('error', () => {}) // `close` follows and ends the other half
}

for (const { link: name, listen, to, port } of plan.listeners) {
  const link = links.get(name)
  if (!link) throw new Error(`no link ${name}`)
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (near) => {
    near.on('error', () => {})
    setTimeout(() => {
      const far = connect({ host: to, port, noDelay: true, allowHalfOpen: true })
      carry(near, far, link)
      carry(far, near, link)
      near.resume()
    }, link.delayMs)
  })
  server.listen(port, listen)
}

for (const [name, path] of Object.entries(plan.controls)) {
  const link = links.get(name)
  if (!link) continue
  if (existsSync(path)) unlinkSync(path)
  createServer((client) => {
    client.on('error', () => {})
    client.once('data', (line) => {
      const [word, value] = line.toString().split(' ')
      if (word === 'delay') link.delayMs = Number(value)
      if (word === 'down') link.up = false
      if (word === 'up') {
        link.up = true
        const resume = [...link.waiting]
        link.waiting.clear()
        for (const drain of resume) drain()
      }
      client.end(`delay=${link.delayMs} up=${link.up}`)
    })
  }).listen(path)
}
