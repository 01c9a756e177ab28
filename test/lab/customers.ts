/**
 * customers.ts PLAN.json: people who order from the shop. Every order is a new `order_ref`, placed at a steady rate
 * whatever the shop answers (open loop) and sent again until it is acknowledged or its time is over. What happened
 * is written to the ledger, each attempt before it is sent. SIGTERM: no new orders, the running ones are finished.
 */
import { openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { askAddresses } from './ask-dns'

export interface CustomersPlan {
  run: string
  rate: number
  name: string
  resolver: string
  dnsPort: number
  webPort: number
  localAddress: string
  customers: number
  products: number
  ledgerPath: string
  statusPath: string
}

/** One line of the ledger. Times: `mono` milliseconds of the computer's monotonic clock, `wall` Unix milliseconds. */
export type LedgerLine = { mono: number; wall: number } & (
  | { event: 'start'; run: string; rate: number }
  | { event: 'attempt'; ref: string; try: number; server: string | null }
  | {
      event: 'failed'
      ref: string
      try: number
      server: string | null
      status: number | null
      error: string
      tookMs: number
    }
  | {
      event: 'acknowledged'
      ref: string
      try: number
      server: string
      status: number
      tookMs: number
      waitedMs: number
    }
  | { event: 'unknown'; ref: string; try: number }
  | { event: 'stop'; run: string }
)

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as CustomersPlan
const attemptTimeoutMs = 8000
const patienceMs = 60_000
const ledger = openSync(plan.ledgerPath, 'a')
const monoMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000

type Unstamped<T> = T extends unknown ? Omit<T, 'mono' | 'wall'> : never
function note(line: Unstamped<LedgerLine>): void {
  writeSync(ledger, `${JSON.stringify({ ...line, mono: monoMs(), wall: Date.now() })}\n`)
}

const counts = { attempted: 0, acknowledged: 0, failedAttempts: 0, unknown: 0, outstanding: 0 }
let lastAck: number | null = null
let longestGapMs = 0
let recent: number[] = []
let running = true

interface Reply {
  status: number
  server: string
}

function post(server: string, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: server,
        port: plan.webPort,
        localAddress: plan.localAddress,
        method: 'POST',
        path: '/orders',
        agent: false, // every customer is somebody else
        headers: { host: plan.name, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      },
      (response) => {
        response.resume()
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, server }))
      }
    )
    const deadline = setTimeout(() => sent.destroy(new Error(`no answer in ${attemptTimeoutMs} ms`)), attemptTimeoutMs)
    sent.on('close', () => clearTimeout(deadline))
    sent.on('error', reject)
    sent.end(body)
  })
}

async function chooseServer(avoid: string | null): Promise<string> {
  const { resolver, dnsPort, name, localAddress } = plan
  const all = await askAddresses({ server: resolver, port: dnsPort, name, localAddress, timeoutMs: 3000 })
  const wanted = all.filter((address) => address !== avoid)
  const list = wanted.length > 0 ? wanted : all
  const server = list[Math.floor(Math.random() * list.length)]
  if (!server) throw new Error(`${name} has no address`)
  return server
}

async function order(number: number): Promise<void> {
  const ref = `lab-${plan.run}-${String(number).padStart(8, '0')}`
  const random = (most: number): number => 1 + Math.floor(Math.random() * most)
  const lines = new Set(Array.from({ length: random(3) }, () => random(plan.products)))
  const items = [...lines].map((product) => ({ product, quantity: random(3) }))
  const body = JSON.stringify({
    order_ref: ref,
    customer: random(plan.customers),
    items,
    note: number % 7 ? null : 'thank you 💛'
  })
  const began = monoMs()
  let pauseMs = 100
  let avoid: string | null = null
  counts.attempted++
  counts.outstanding++
  for (let tries = 1; ; tries++) {
    const sent = monoMs()
    let server: string | null = null
    let status: number | null = null
    try {
      server = await chooseServer(avoid)
      note({ event: 'attempt', ref, try: tries, server })
      const reply = await post(server, body)
      status = reply.status
      if (status !== 201) throw new Error(`answered ${status}`)
      const now = monoMs()
      note({ event: 'acknowledged', ref, try: tries, server, status, tookMs: now - sent, waitedMs: now - began })
      if (lastAck !== null) longestGapMs = Math.max(longestGapMs, now - lastAck)
      lastAck = now
      recent.push(now - sent)
      counts.acknowledged++
      break
    } catch (error) {
      counts.failedAttempts++
      avoid = server
      const { message } = error as Error
      note({ event: 'failed', ref, try: tries, server, status, error: message, tookMs: monoMs() - sent })
    }
    if (monoMs() - began > patienceMs) {
      counts.unknown++
      note({ event: 'unknown', ref, try: tries })
      break
    }
    await sleep(pauseMs)
    pauseMs = Math.min(1000, pauseMs * 2)
  }
  counts.outstanding--
}

function report(): void {
  const sorted = recent.sort((a, b) => a - b)
  recent = []
  const at = (share: number): number | null =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
  const sinceAckMs = lastAck === null ? null : monoMs() - lastAck
  const state = {
    running,
    run: plan.run,
    rate: plan.rate,
    ...counts,
    lastSecond: { acknowledged: sorted.length, medianMs: at(0.5), p95Ms: at(0.95) },
    sinceAckMs,
    longestGapMs
  }
  const line = JSON.stringify(state)
  writeFileSync(`${plan.statusPath}.new`, `${line}\n`)
  renameSync(`${plan.statusPath}.new`, plan.statusPath)
  console.log(line)
}

async function openLoop(): Promise<void> {
  note({ event: 'start', run: plan.run, rate: plan.rate })
  const rhythm = setInterval(report, 1000)
  const began = monoMs()
  for (let number = 1; running; number++) {
    const wait = began + (number - 1) * (1000 / plan.rate) - monoMs()
    if (wait > 0) await sleep(wait)
    if (running) void order(number)
  }
  while (counts.outstanding > 0) await sleep(20)
  clearInterval(rhythm)
  note({ event: 'stop', run: plan.run })
  report()
}

process.on('SIGTERM', () => {
  running = false
})
process.on('SIGINT', () => {
  running = false
})
void openLoop().then(() => process.exit(0))
