import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** The scenario's answers; it runs in a process of its own because the keychain is found through the environment. */
const scenario = async (mode: 'present' | 'absent', wrapper: string[], environment: NodeJS.ProcessEnv) => {
  const [program = 'node', ...rest] = [
    ...wrapper,
    'node',
    '--import',
    'tsx',
    'test/servers/own/secrets-scenario.ts',
    mode
  ]
  const { stdout } = await run(program, rest, { cwd: root, env: environment, timeout: 90_000 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

const bare = (): NodeJS.ProcessEnv => {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  return { ...rest, XDG_RUNTIME_DIR: '/nonexistent' }
}

const sessionOnly = 'Keep the password for this session only.'

describe('secrets', () => {
  it('are kept in a real keychain, copied and removed with their move, and say when it is locked', async () => {
    const seen = await scenario('present', ['bash', 'scripts/with-keyring.sh'], bare())
    expect(seen).toMatchObject({
      keychain: { kind: 'ready', name: 'Secret Service' },
      set: { kind: 'kept', where: 'keychain' },
      session: { kind: 'kept', where: 'session' },
      reopened: 'kéychain-välue',
      sessionGone: { kind: 'missing' },
      state: { kind: 'kept', where: 'keychain' },
      never: [{ kind: 'missing' }, null],
      environment: [{ kind: 'kept', where: 'environment' }, 'from-environment'],
      missed: [],
      copied: 'kéychain-välue',
      takenAway: [
        { kind: 'unreadable', why: 'It was removed from the keychain by somebody else.' },
        { failure: { kind: 'keychain', code: 'removed', try: ['Enter the password again.'] } }
      ],
      exchanged: ['of the host', 'of the jump'],
      refsAfter: [],
      removed: { kind: 'missing' },
      stillCopied: 'kéychain-välue'
    })
    const names = { format: 'siteswap.secret-names', version: 2, leftover: [], marked: true }
    expect(JSON.parse(seen.names)).toEqual({ ...names, accounts: { 'm1/db/old-db1': 'm1/db/old-db1' } })
    expect(JSON.parse(seen.namesAfter)).toEqual({ ...names, accounts: { 'm2/db/renamed': 'm2/db/old-db1' } })
    expect(seen.names).not.toContain('välue')
    expect(seen.locked).toEqual({
      renamed: [],
      keychain: { kind: 'locked', why: 'The keychain is locked, or the password was removed from it.' },
      state: { kind: 'unreadable', why: 'The keychain is locked.' },
      get: {
        failure: {
          kind: 'keychain',
          what: 'A password that was kept in the keychain cannot be read.',
          code: 'locked',
          try: ['Unlock the keychain and try again.', 'Or enter the password again.']
        }
      },
      set: {
        failure: {
          kind: 'keychain',
          what: 'The keychain refused.',
          code: 'locked',
          try: ['Unlock the keychain and try again.', sessionOnly]
        }
      },
      afterwards: { kind: 'missing' },
      session: { kind: 'kept', where: 'session' }
    })
  })

  it('are kept for the session when there is no session bus, and nowhere unless asked', async () => {
    const seen = await scenario('absent', [], bare())
    expect(seen.keychain.kind).toBe('absent')
    expect(seen.set.failure).toEqual({
      kind: 'keychain',
      what: 'This computer offers no keychain to this program.',
      code: 'absent',
      try: [sessionOnly, 'On Linux: install and start a secret service (gnome-keyring or KWallet).']
    })
    expect(seen).toMatchObject({
      state: { kind: 'missing' },
      session: { kind: 'kept', where: 'session' },
      get: 'value',
      environment: 'from-environment'
    })
  })

  it('are kept for the session when the bus offers no keychain that opens', async () => {
    const seen = await scenario('absent', ['dbus-run-session', '--'], { ...bare(), XDG_DATA_HOME: '/nonexistent' })
    expect(seen.set.failure.kind).toBe('keychain')
    expect(seen.set.failure.try).toContain(sessionOnly)
    expect(['absent', 'locked']).toContain(seen.keychainAfterwards.kind)
    expect(seen).toMatchObject({
      state: { kind: 'missing' },
      session: { kind: 'kept', where: 'session' },
      get: 'value'
    })
  })
})
