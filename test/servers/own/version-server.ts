import { createServer } from 'mysql2'

export interface VersionServer {
  port: number
  stop(): Promise<void>
}

/** A program that lets everybody in and says it is a database of a version that nobody knows. */
export const startVersionServer = async (version: string): Promise<VersionServer> => {
  const open = new Set<{ close(): void }>()
  const server = createServer((connection) => {
    open.add(connection as unknown as { close(): void })
    const peer = connection as unknown as {
      serverHandshake(hello: Record<string, unknown>): void
      writeTextResult(rows: Record<string, string>[], columns: Record<string, unknown>[]): void
      writeOk(): void
      /** Each command of the client begins to count anew. */
      _resetSequenceId(): void
      on(event: string, listener: (text: string) => void): void
    }
    peer.on('error', () => {})
    peer.serverHandshake({
      protocolVersion: 10,
      serverVersion: version,
      connectionId: 7,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff & ~0x800 & ~0x20,
      authCallback: (_params: unknown, done: (error: null, answer: null) => void) => {
        done(null, null)
        peer._resetSequenceId()
      }
    })
    const agree = () => {
      peer.writeOk()
      peer._resetSequenceId()
    }
    // This is what the library calls a SET that is sent as text.
    peer.on('stmt_prepare', agree)
    peer.on('query', (text) => {
      if (!/@@version/.test(text)) return agree()
      const row = { version, comment: 'from the future', server_id: '1', hostname: 'x', port: '1', datadir: '/x/' }
      const columns = Object.keys(row).map((name) => ({
        catalog: 'def',
        schema: '',
        table: '',
        orgTable: '',
        name,
        orgName: name,
        characterSet: 33,
        columnLength: 100,
        columnType: 253,
        flags: 0,
        decimals: 0
      }))
      peer.writeTextResult([row], columns)
      peer._resetSequenceId()
    })
  })
  await new Promise<void>((resolve) => {
    const listening = server as unknown as { listen(port: number, host: string, then: () => void): void }
    listening.listen(0, '127.0.0.1', resolve)
  })
  const { _server } = server as unknown as { _server: import('node:net').Server }
  const address = _server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise<void>((resolve) => {
        for (const connection of open) connection.close()
        _server.close(() => resolve())
      })
  }
}
