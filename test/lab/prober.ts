/**
 * prober.ts PLAN.json: tries every 20 ms to write on both database servers with the shop's account, and polls
 * `read_only` of both every 100 ms. It uses the servers' unix sockets, which no cut of the lab's network reaches.
 */
import { openSync, readFileSync, writeSync } from 'node:fs'
import { type Connection, createConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise'

export interface ProberPlan {
  sockets: { old: string; new: string }
  app: { user: string; password: string }
  admin: { user: string; password: string }
  logPath: string
}

type Side = 'old' | 'new'
/** One line of the prober's log; `sent` and `mono` are milliseconds of the monotonic clock. */
export type ProbeLine = { mono: number; wall: number } & (
  | { event: 'start' }
  | { event: 'ack'; side: Side; n: number; sent: number }
  | { event: 'refused'; side: Side; n: number; sent: number; errno: number | null; error: string }
  | { event: 'readOnly'; old: boolean | null; new: boolean | null; sent: number }
  | { event: 'stop' }
)

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ProberPlan
const log = openSync(plan.logPath, 'a')
const monoMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000
type Unstamped<T> = T extends unknown ? Omit<T, 'mono' | 'wall'> : never
const note = (line: Unstamped<ProbeLine>): void => {
  writeSync(log, `${JSON.stringify({ ...line, mono: monoMs(), wall: Date.now() })}\n`)
}

/** A session that is opened again when it was lost. */
class Reopened {
  #connection: Connection | null = null
  constructor(
    readonly socketPath: string,
    readonly account: { user: string; password: string }
  ) {}
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    this.#connection ??= await createConnection({
      socketPath: this.socketPath,
      ...this.account,
      connectTimeout: 2000,
      connectAttributes: { program_name: 'lab-prober' }
    })
    try {
      return await work(this.#connection)
    } catch (error) {
      this.#connection.destroy()
      this.#connection = null
      throw error
    }
  }
}

const writers: Record<Side, Reopened> = {
  old: new Reopened(plan.sockets.old, plan.app),
  new: new Reopened(plan.sockets.new, plan.app)
}
const readers: Record<Side, Reopened> = {
  old: new Reopened(plan.sockets.old, plan.admin),
  new: new Reopened(plan.sockets.new, plan.admin)
}
const inFlight: Record<Side, boolean> = { old: false, new: false }
let polling = false
let n = 0

async function probe(side: Side): Promise<void> {
  if (inFlight[side]) return
  inFlight[side] = true
  const number = ++n
  const sent = monoMs()
  try {
    await writers[side].use(async (connection) => {
      const [head] = await connection.query<ResultSetHeader>(
        'UPDATE shop.probe SET n = ?, at = NOW(6) WHERE side = ?',
        [number, side]
      )
      if (head.affectedRows !== 1) throw new Error(`changed ${head.affectedRows} rows`)
    })
    note({ event: 'ack', side, n: number, sent })
  } catch (error) {
    const { errno, message } = error as { errno?: number; message: string }
    note({ event: 'refused', side, n: number, sent, errno: errno ?? null, error: message })
  } finally {
    inFlight[side] = false
  }
}

async function readOnlyOf(side: Side): Promise<boolean | null> {
  try {
    return await readers[side].use(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>('SELECT @@global.read_only AS ro')
      const value = String(rows[0]?.ro)
      return value !== '0' && value !== 'OFF'
    })
  } catch {
    return null
  }
}

async function poll(): Promise<void> {
  if (polling) return
  polling = true
  const sent = monoMs()
  // the new side first: writable there and then still writable on the old side is a fault whatever the timing
  const fresh = await readOnlyOf('new')
  const old = await readOnlyOf('old')
  note({ event: 'readOnly', old, new: fresh, sent })
  polling = false
}

note({ event: 'start' })
const tick = setInterval(() => {
  void probe('old')
  void probe('new')
}, 20)
const pollTick = setInterval(() => void poll(), 100)
const stop = (): void => {
  clearInterval(tick)
  clearInterval(pollTick)
  note({ event: 'stop' })
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
