import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { makeLiveDoctor } from '../../src/main/engine/live-doctor'
import type { Reach } from '../../src/main/reach/reach'
import { runDoctor } from '../../src/main/sites/doctor'
import type { DoctorState } from '../../src/shared/doctor'
import { doctorText } from '../../src/shared/doctor-text'
import { type Move, moveSchema, serverEntrySchema } from '../../src/shared/move'

/** A move of one web server at a socket that nobody listens at: the doctor fails at once, without a network. */
const move = (change: object = {}): Move =>
  moveSchema.parse({
    ...{ format: 'siteswap.move', version: 2, id: 'm', name: 'm', createdAt: 0, new: { name: 'b' } },
    old: {
      name: 'a',
      servers: [
        {
          ...{ id: 'db', name: 'db', kind: 'database' },
          database: { host: '127.0.0.1', via: 'direct', user: 'u', socketPath: '/nonexistent/s.sock' },
          ...change
        }
      ]
    }
  })

const started = async () => {
  let now = move()
  const told: DoctorState[] = []
  const doctor = makeLiveDoctor({
    reach: { retry: () => {} } as unknown as Reach,
    reaching: { secrets: { get: async () => null }, askHostKey: null },
    move: () => now,
    onState: (_serverId, state) => told.push(state),
    signal: new AbortController().signal
  })
  await doctor.run('db')
  const edit = (change: object) => {
    now = move(change)
    doctor.moved()
  }
  const outdated = () => {
    const state = doctor.doctors.db
    return state?.kind === 'done' && state.outdated === true
  }
  return { doctor, edit, outdated, told }
}

describe('a run of the doctor', () => {
  it('tells what of the ssh config it does not follow, whether the way leads through or not', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'siteswap-notes-'))
    const config = join(dir, 'config')
    const lines = [
      'Host db',
      '  HostName 127.0.0.1',
      '  Port 1',
      '  KbdInteractiveAuthentication no',
      '  Ciphers aes256-ctr'
    ]
    writeFileSync(
      config,
      [...lines, '  ForwardAgent yes', '  ForwardX11 yes', '  KnownHostsCommand /bin/x', ''].join('\n')
    )
    vi.stubEnv('SITESWAP_SSH_CONFIG', config)
    const ssh = [{ from: 'ssh-config', alias: 'db' }]
    const state = await runDoctor({
      entry: serverEntrySchema.parse({ id: 'db', name: 'db', kind: 'web', ssh }),
      reach: { secrets: { get: async () => null }, askHostKey: null }
    })
    vi.unstubAllEnvs()
    rmSync(dir, { recursive: true })
    // What makes no difference here, ForwardX11, is no news.
    const told = [
      `Ciphers (${config}:5): Siteswap offers safe algorithms of its own choice: no SHA-1, no CBC.`,
      `ForwardAgent (${config}:6): The agent is never forwarded.`,
      `KnownHostsCommand (${config}:8): Siteswap runs no command to learn host keys; it reads known_hosts.`
    ]
    expect(state).toMatchObject({ kind: 'done', ok: false, notes: told })
    expect(doctorText('db', state)).toContain(`Of your ssh config Siteswap does not follow:\n    ${told[0]}\n`)
  })
})

describe('the last verdict on a server', () => {
  it('stays what it is while only names, notes and marks are edited', async () => {
    const { edit, outdated, told } = await started()
    const before = told.length
    edit({ name: 'db renamed', note: 'the big one', lookOnly: true })
    expect([outdated(), told.length]).toEqual([false, before])
  })

  it('is outdated once the way is another one, until an undo or the next run', async () => {
    const { doctor, edit, outdated, told } = await started()
    const other = { database: { host: '127.0.0.1', via: 'direct', user: 'v', socketPath: '/nonexistent/s.sock' } }
    edit(other)
    expect(outdated()).toBe(true)
    expect(told.at(-1)).toMatchObject({ kind: 'done', outdated: true })
    expect(doctorText('db', doctor.doctors.db ?? { kind: 'never' })).toContain('checked before the last change')
    edit({})
    expect(outdated()).toBe(false)
    edit(other)
    await doctor.run('db')
    expect(outdated()).toBe(false)
  })

  it('is outdated once a password on the way is another one', async () => {
    const { doctor, outdated } = await started()
    doctor.secretChanged('somebody-else')
    expect(outdated()).toBe(false)
    doctor.secretChanged('db')
    expect(outdated()).toBe(true)
    await doctor.run('db')
    expect(outdated()).toBe(false)
  })

  it('is outdated when it ends after the edit it knows nothing of', async () => {
    const { doctor, edit, outdated } = await started()
    const running = doctor.run('db')
    edit({ transport: 'system' })
    expect(await running).toMatchObject({ kind: 'done', outdated: true })
    expect(outdated()).toBe(true)
  })
})
