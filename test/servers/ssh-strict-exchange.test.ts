import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer } from 'node:net'
import ssh2 from 'ssh2'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SshStage } from '../../src/main/ssh/ssh-deps'
import { failureFrom } from './own/failure-of'
import { startSshBench } from './own/ssh-bench'
import { makeKey, startOwnSshd } from './own/sshd'

const bench = startSshBench()
const { user, fileNamed, nameOf, hop, open, knowing } = bench
const strictOffer = 'kex-strict-s-v00@openssh.com'

const sshdWith = async (ciphers: string) => {
  const sshd = await startOwnSshd({ lines: [`Ciphers ${ciphers}`] })
  onTestFinished(() => sshd.stop())
  writeFileSync(sshd.authorizedKeys, readFileSync(`${bench.key}.pub`))
  return sshd
}

/** Somebody on the line who takes the server's offer of a strict key exchange away. */
const stripper = async (port: number): Promise<number> => {
  const server = createServer((socket) => {
    const far = connect(port, '127.0.0.1')
    far.on('data', (chunk: Buffer) => {
      const at = chunk.indexOf(strictOffer)
      if (at >= 0) chunk.write('kex-nothing-', at, 'latin1')
      socket.write(chunk)
    })
    socket.on('data', (chunk) => far.write(chunk))
    for (const end of [socket, far]) {
      end.on('error', () => undefined)
      end.on('close', () => {
        socket.destroy()
        far.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

type KexInit = new (lists: object) => object
interface ServerInside {
  _protocol: { _offer: object; _strictMode: boolean }
}

/** A server from before 2024, as only one of our own still is: everything is as today but for the strict key exchange. */
const oldServer = async (cipher: string): Promise<{ port: number; hostKey: string }> => {
  const path = createRequire(import.meta.url)
    .resolve('ssh2')
    .replace('index.js', 'protocol/kex.js')
  const { KexInit } = createRequire(import.meta.url)(path) as { KexInit: KexInit }
  const key = makeKey(fileNamed(`old-${cipher}`))
  const server = new ssh2.Server({ hostKeys: [readFileSync(key)] }, (connection) => {
    const inside = (connection as unknown as ServerInside)._protocol
    const way = { cipher: [cipher], mac: ['hmac-sha2-256'], compress: ['none'], lang: [] }
    inside._offer = new KexInit({ kex: ['curve25519-sha256'], serverHostKey: ['ssh-ed25519'], cs: way, sc: way })
    inside._strictMode = false
    connection.on('error', () => undefined)
    connection.on('authentication', (context) =>
      context.method === 'password' && context.password === 'open sesame'
        ? context.accept()
        : context.reject(['password'])
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const [type, blob] = readFileSync(`${key}.pub`, 'utf8').split(' ')
  return { port: (server.address() as AddressInfo).port, hostKey: `${type} ${blob}` }
}

describe('the beginning of an SSH connection', () => {
  it('is guarded with AES-CTR by a strict key exchange, and refused when somebody strips that away', async () => {
    const sshd = await sshdWith('aes256-ctr')
    const port = await stripper(sshd.port)
    knowing(`${nameOf(sshd)} ${sshd.hostKey('ed25519')}`, `[127.0.0.1]:${port} ${sshd.hostKey('ed25519')}`)
    expect((await open([hop(sshd)])).open).toBe(true)
    const stages: SshStage[] = []
    const failure = await failureFrom(open([{ ...hop(sshd), port }], { watch: (stage) => stages.push(stage) }))
    expect(failure).toMatchObject({ kind: 'refused', code: 'CVE-2023-48795' })
    expect(failure.what).toBe(
      `${user}@127.0.0.1:${port} does not protect the beginning of an SSH connection from somebody on the line.`
    )
    expect(failure.why).toContain('the cipher agreed on, aes256-ctr,')
    // It fails where the doctor shows it: at the SSH server, before its key is looked at.
    expect(stages.at(-1)).toMatchObject({ layer: 'ssh', state: 'running' })
  })

  it('cannot be changed by somebody on the line where AES-GCM would do without', async () => {
    const sshd = await sshdWith('aes256-gcm@openssh.com')
    const port = await stripper(sshd.port)
    knowing(`[127.0.0.1]:${port} ${sshd.hostKey('ed25519')}`)
    const failure = await failureFrom(open([{ ...hop(sshd), port }]))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe(
      `What answers as ${user}@127.0.0.1:${port} showed its host key and could not prove that it holds it.`
    )
  })

  it('is accepted from an old server with AES-GCM, and an old one with AES-CTR alone gets no password', async () => {
    const gcm = await oldServer('aes256-gcm@openssh.com')
    const ctr = await oldServer('aes256-ctr')
    knowing(...[gcm, ctr].map((server) => `[127.0.0.1]:${server.port} ${server.hostKey}`))
    const secrets: string[] = []
    const signIn = (port: number) =>
      open([{ host: '127.0.0.1', port, user, auth: { kind: 'password' } }], {
        secret: async (ref) => {
          secrets.push(ref)
          return 'open sesame'
        }
      })
    expect((await signIn(gcm.port)).open).toBe(true)
    expect(secrets).toHaveLength(1)
    expect((await failureFrom(signIn(ctr.port))).code).toBe('CVE-2023-48795')
    expect(secrets).toHaveLength(1)
  })
})
