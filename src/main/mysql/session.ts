import type { Encryption } from './encryption'

/** Rows as the server renders them: every value a string or null, so that nothing is rounded (BIGINT, DECIMAL, dates). */
export type Row = Record<string, string | null>

export interface SessionOptions {
  deadlineMs?: number
  signal?: AbortSignal
}

/** One database connection with a name, over a stream it was handed. */
export interface Session {
  readonly name: string
  /** Server id in the move. */
  readonly server: string
  /** The server's connection id. */
  readonly connectionId: number
  /** What protects it on its way, as it turned out; sessions of tests may leave it out. */
  readonly encryption?: Encryption
  readonly open: boolean
  /** One statement with `?` values; rejects with FailureError carrying errno and the server's words. */
  query(
    sql: string,
    values?: readonly (string | number | bigint | null | Uint8Array)[],
    options?: SessionOptions
  ): Promise<Row[]>
  /** Rows as arrays with the column names, for queries whose columns may repeat. */
  table(sql: string, options?: SessionOptions): Promise<{ columns: string[]; rows: (string | null)[][] }>
  /** Several statements in ONE packet; needs a session opened with `packets: true`. One row list per statement. */
  packet(statements: readonly string[], options?: SessionOptions): Promise<Row[][]>
  onClose(listener: (why: string) => void): void
  /** Ends politely (COM_QUIT), bounded. */
  close(): Promise<void>
  /** Drops the stream now. */
  destroy(): void
}

/** A session that can be asked for a sign of life. */
export interface DrivenSession extends Session {
  /** Asks now; without an answer within the deadline the session is dropped. One that waits for an answer anyway is left to the deadline of that. */
  check(deadlineMs: number): void
}
