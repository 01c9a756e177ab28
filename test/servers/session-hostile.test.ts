import { describe, expect, it } from 'vitest'
import { openSession, type SessionTarget } from '../../src/main/mysql/open-session'
import { dialTcp } from '../../src/main/ssh/dial-tcp'
import { failureFrom } from './own/failure-of'
import { startHostileServer } from './own/hostile-server'

describe('a hostile server', () => {
  const target = async (port: number): Promise<SessionTarget> => ({
    name: 'test',
    server: 'db',
    label: 'app@hostile',
    stream: await dialTcp('127.0.0.1', port, 2000),
    user: 'app',
    password: 'very-secret-password',
    host: '127.0.0.1',
    tls: { mode: 'disabled' },
    trusted: true,
    deadlineMs: 1500
  })

  it.each(['/etc/passwd', '\\\\evil\\share'])(
    'that asks for the file %s loses the session and gets nothing',
    async (file) => {
      const hostile = await startHostileServer({ kind: 'infile', file, at: 'first-statement' })
      const failure = await failureFrom(openSession(await target(hostile.port)))
      expect(failure.kind).toBe('refused')
      expect(failure.what).toBe('app@hostile asked for a file of this computer.')
      expect(await hostile.afterRequest()).toBe(0)
      await hostile.stop()
    }
  )

  it('that asks for a file instead of answering the sign-in loses the session and gets nothing', async () => {
    const hostile = await startHostileServer({ kind: 'infile', file: '/etc/passwd', at: 'sign-in' })
    const failure = await failureFrom(openSession(await target(hostile.port)))
    expect(failure.kind).toBe('refused')
    expect(failure.what).toBe('What answers at app@hostile does not speak the database’s protocol as it should.')
    expect(await hostile.afterRequest()).toBe(0)
    await hostile.stop()
  })

  it.each(['mysql_clear_password', 'mysql_old_password', 'dialog', 'sha256_password', 'client_ed25519', '__proto__'])(
    'that wants the password by %s gets nothing',
    async (plugin) => {
      const hostile = await startHostileServer({ kind: 'switch', plugin })
      const failure = await failureFrom(openSession(await target(hostile.port)))
      expect(failure.kind).toBe('auth')
      expect(failure.what).toBe(`The account app signs in with ${plugin}, which Siteswap does not do.`)
      expect(hostile.heard()).not.toContain('very-secret-password')
      await hostile.stop()
    }
  )

  it('that never greets is left after the deadline', async () => {
    const hostile = await startHostileServer({ kind: 'silent' })
    const failure = await failureFrom(openSession(await target(hostile.port)))
    expect(failure.kind).toBe('timeout')
    expect(failure.what).toBe('The database at app@hostile did not greet within 1.5 s.')
    await hostile.stop()
  })

  it('that speaks another protocol is named as such', async () => {
    const hostile = await startHostileServer({ kind: 'bytes', bytes: Buffer.from('SSH-2.0-OpenSSH_9.2\r\n') })
    const failure = await failureFrom(openSession(await target(hostile.port)))
    expect(['refused', 'unreachable', 'timeout']).toContain(failure.kind)
    await hostile.stop()
  })

  it('a closed port is named before any session is tried', async () => {
    const hostile = await startHostileServer({ kind: 'silent' })
    await hostile.stop()
    const failure = await failureFrom(dialTcp('127.0.0.1', hostile.port, 1000))
    expect(failure.what).toBe(`Nothing answers at 127.0.0.1:${hostile.port}: the connection was refused.`)
  })
})
