import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerFrom, manifestOf } from '../../src/main/desktop/ui-protocol'

/** Serves a built renderer on loopback with the headers of `app://`, so that the content policy holds in a plain browser too. */
export const serveRenderer = async (folder: string): Promise<{ origin: string; close: () => void }> => {
  const answer = answerFrom(await manifestOf(folder))
  const server = createServer((request, response) => {
    const url = `app://ui${(request.url ?? '/').replace(/^\/(?=\?|$)/, '/index.html')}`
    void answer({ url, method: request.method ?? 'GET' }).then(async (file) => {
      response.writeHead(file.status, Object.fromEntries(file.headers))
      response.end(Buffer.from(await file.arrayBuffer()))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}
