import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Protocol } from 'electron'

export const uiScheme = 'app'
export const uiOrigin = 'app://ui'

/** Sent as a header with every answer of the scheme (security.md S03). */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'"
].join('; ')

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json'
}

const headers = (type: string) => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store'
})

/** Paths of the built renderer, read once: only what is listed can ever be answered. */
export const manifestOf = async (folder: string): Promise<Map<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]))
}

/** Answers one request from the manifest; anything else is 404, whatever the path looks like. */
export const answerFrom =
  (manifest: Map<string, string>) =>
  async (request: { url: string; method: string }): Promise<Response> => {
    const missing = new Response('Not found', { status: 404, headers: headers('text/plain; charset=utf-8') })
    if (request.method !== 'GET') return missing
    const match = /^app:\/\/ui(\/[^?#]*)/.exec(request.url)
    const file = match?.[1] ? manifest.get(match[1]) : undefined
    if (!file) return missing
    return new Response(new Uint8Array(await readFile(file)), {
      headers: headers(types[extname(file)] ?? 'application/octet-stream')
    })
  }

/** Serves the built renderer at app://ui/. */
export const serveUi = async (protocol: Protocol, folder: string): Promise<void> => {
  protocol.handle(uiScheme, answerFrom(await manifestOf(folder)))
}
