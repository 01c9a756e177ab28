import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import ssh2, { type ClientChannel } from 'ssh2'
import { afterAll, describe, expect, it } from 'vitest'
import { insideOf, insideOfChannel } from '../../src/main/ssh/inside'

const { private: hostKey } = ssh2.utils.generateKeyPairSync('ed25519')
const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
  connection.on('error', () => undefined)
  connection.on('authentication', (context) =>
    context.method === 'password' ? context.accept() : context.reject(['password'])
  )
  connection.on('tcpip', (accept) => void accept())
})
const client = new ssh2.Client()

afterAll(() => {
  client.destroy()
  server.close()
})

describe('the inside of the SSH library', () => {
  it('was looked at in this version', () => {
    const main = createRequire(import.meta.url).resolve('ssh2/package.json')
    expect((JSON.parse(readFileSync(main, 'utf8')) as { version: string }).version).toBe('1.17.0')
  })

  it('is where it is looked for: at the host key, while signing in, once signed in, and in a channel', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const atHostKey: unknown[] = []
    const ready = new Promise<void>((resolve, reject) => client.once('ready', resolve).once('error', reject))
    client.connect({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      username: 'app',
      password: 'any',
      hostVerifier: () => {
        const { _strictMode, _kex } = insideOf(client)
        atHostKey.push(_strictMode, _kex?.negotiated?.cs.cipher, _kex?.negotiated?.sc.cipher)
        return true
      }
    })
    const refused: unknown[] = []
    const handlers = insideOf(client)._handlers
    const original = handlers?.USERAUTH_FAILURE
    if (!handlers || !original) throw new Error('nobody is told of refusals')
    handlers.USERAUTH_FAILURE = (protocol, left, partial) => {
      refused.push(left, partial)
      original(protocol, left, partial)
    }
    await ready
    expect(atHostKey).toEqual([true, 'aes128-gcm@openssh.com', 'aes128-gcm@openssh.com'])
    expect(refused).toEqual([['password'], false])
    expect(insideOf(client)._decipher?.constructor.name).toMatch(/^AESGCMDecipher(Native|Binding)$/)
    const channel = await new Promise<ClientChannel>((resolve, reject) =>
      client.forwardOut('127.0.0.1', 0, '127.0.0.1', 1, (error, opened) => (error ? reject(error) : resolve(opened)))
    )
    expect(insideOfChannel(channel)).toMatchObject({
      incoming: { window: 2 * 1024 * 1024, state: 'open' },
      outgoing: { state: 'open' }
    })
  })

  it('is not guessed in a channel that is otherwise', () => {
    expect(() => insideOfChannel({ incoming: {} } as ClientChannel & { incoming: object })).toThrow('elsewhere')
  })
})
