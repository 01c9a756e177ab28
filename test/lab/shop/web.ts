/** web.ts SHOP.CONF: one web server of the shop. SIGHUP reads the configuration again; pid and access log lie beside it. */
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { orderRequest } from './place-order'
import { readShopConfig } from './shop-config'
import { ShopDatabase } from './shop-database'

const configPath = process.argv[2] ?? ''
const dir = dirname(configPath)
const config = readShopConfig(configPath)
const program = `shop-web ${config.serverName}`
const orderDeadlineMs = 15_000
let database = new ShopDatabase(config, program, 12)

const say = (words: Record<string, unknown>): void =>
  console.log(JSON.stringify({ at: new Date().toISOString(), ...words }))

async function warm(): Promise<void> {
  const target = database
  await target.who().then(
    (who) => say({ event: 'database', ...who }),
    (error: Error) => say({ event: 'database', error: error.message })
  )
}

function reload(): void {
  const old = database
  try {
    database = new ShopDatabase(readShopConfig(configPath), program, 12)
  } catch (error) {
    say({ event: 'reload refused', error: (error as Error).message })
    return
  }
  say({ event: 'reloaded', host: database.config.dbHost, port: database.config.dbPort })
  void warm()
  void old.drain(15_000)
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      text += part
      if (text.length > 100_000) request.destroy(new Error('body too long'))
    })
    request.on('end', () => resolve(text))
    request.on('error', reject)
  })
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-server': config.serverName, ...headers })
  response.end(`${JSON.stringify(body)}\n`)
}

async function orders(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let order: ReturnType<typeof orderRequest.parse>
  try {
    order = orderRequest.parse(JSON.parse(await bodyOf(request)))
  } catch (error) {
    return answer(response, 400, { error: (error as Error).message })
  }
  const target = database
  try {
    const placed = await target.place(orderDeadlineMs, order)
    answer(response, 201, { order_ref: order.order_ref, ...placed })
  } catch (error) {
    const { errno, message } = error as { errno?: number; message: string }
    say({ event: 'order failed', order_ref: order.order_ref, errno, error: message })
    answer(response, 503, { error: message, errno: errno ?? null }, { 'retry-after': '1' })
  }
}

async function health(response: ServerResponse): Promise<void> {
  try {
    answer(response, 200, await database.who())
  } catch (error) {
    answer(response, 503, {
      error: (error as Error).message,
      host: database.config.dbHost,
      port: database.config.dbPort
    })
  }
}

const server = createServer((request, response) => {
  const began = performance.now()
  response.on('close', () => {
    const took = (performance.now() - began).toFixed(1)
    const line = `${request.socket.remoteAddress} [${new Date().toISOString()}] "${request.method} ${request.url}" ${response.statusCode} ${took}ms\n`
    appendFileSync(join(dir, 'access.log'), line)
  })
  if (request.method === 'POST' && request.url === '/orders') void orders(request, response)
  else if (request.url === '/health') void health(response)
  else if (request.url === '/') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><title>Shop</title><h1>Shop ☕</h1><p>Served by ${config.serverName}.</p>\n`)
  } else answer(response, 404, { error: 'no such page' })
})

const pidPath = join(dir, 'shop.pid')
process.on('SIGHUP', reload)
process.on('SIGTERM', () => {
  rmSync(pidPath, { force: true })
  process.exit(0)
})
server.listen(config.listenPort, config.listenHost, () => {
  writeFileSync(pidPath, `${process.pid}\n`)
  say({ event: 'listening', host: config.listenHost, port: config.listenPort })
  void warm()
})
