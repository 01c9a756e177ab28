import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { makeKeyring } from '../../src/main/store/keyring'
import type { ForkKeyring, KeyringReply, KeyringRequest } from '../../src/main/store/keyring-messages'
import { makeSecrets } from '../../src/main/store/secrets'
import { type Failure, FailureError } from '../../src/shared/failure'

const failureFrom = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason
  )
  if (error instanceof FailureError) return error.failure
  throw error
}

interface Fake {
  fork: ForkKeyring
  forks(): number
  kills(): number
}

/** A worker that behaves as it is told: `answer` replies, null hangs, 'die' ends the process. */
const fake = (answer: (request: KeyringRequest) => KeyringReply | null | 'die'): Fake => {
  let forks = 0
  let kills = 0
  return {
    forks: () => forks,
    kills: () => kills,
    fork: () => {
      forks++
      const replies: ((reply: KeyringReply) => void)[] = []
      const exits: (() => void)[] = []
      return {
        send: (request) => {
          const reply = answer(request)
          queueMicrotask(() => {
            if (reply === 'die') for (const exit of exits) exit()
            else if (reply) for (const listener of replies) listener(reply)
          })
        },
        onReply: (listener) => replies.push(listener),
        onExit: (listener) => exits.push(listener),
        kill: () => {
          kills++
          for (const exit of exits) exit()
        }
      }
    }
  }
}

const dirs: string[] = []
const newDir = () => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-keyring-'))
  dirs.push(dir)
  return dir
}
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

describe('the keychain behind its process', () => {
  it('is killed when it hangs, and started again for the next question', async () => {
    let hangs = true
    const worker = fake(({ id }) => (hangs ? null : { id, ok: true, value: 'x' }))
    const keyring = makeKeyring(worker.fork, { deadlineMs: 30, patienceMs: 30 })
    const failure = await failureFrom(keyring.get('a'))
    expect(failure).toMatchObject({ kind: 'keychain', what: 'The keychain did not answer within 30 ms.' })
    expect(worker.kills()).toBe(1)
    hangs = false
    expect(await keyring.get('a')).toBe('x')
    expect(worker.forks()).toBe(2)
  })

  it('waits for a person at its prompt, says so once, and is quick again when it is open', async () => {
    let held: (() => void)[] = []
    let prompts = true
    const worker = fake(({ id }) => ({ id, ok: true, value: 'x' }))
    const prompting: ForkKeyring = () => {
      const process = worker.fork()
      return {
        ...process,
        send: (request) => (prompts ? held.push(() => process.send(request)) : process.send(request))
      }
    }
    let told = 0
    const options = { deadlineMs: 20, patienceMs: 60_000, onPrompt: () => void told++ }
    const keyring = makeKeyring(prompting, options)
    const [read, other] = [keyring.get('a'), keyring.get('b')]
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(told).toBe(1)
    for (const answer of held.splice(0)) answer()
    expect([await read, await other]).toEqual(['x', 'x'])

    // A write may be at a prompt; a read beside it is not let wait, and does not end it.
    const write = keyring.set('a', 'x')
    expect((await failureFrom(keyring.get('b'))).what).toBe('The keychain did not answer within 20 ms.')
    expect(worker.kills()).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(told).toBe(2)
    prompts = false
    for (const answer of held.splice(0)) answer()
    await write
    expect(worker.forks()).toBe(1)

    prompts = true
    expect((await failureFrom(keyring.get('a'))).kind).toBe('keychain')
    expect(worker.kills()).toBe(1)
    held = []
  })

  it('fails every question that was open when its process died', async () => {
    const worker = fake(() => 'die')
    const keyring = makeKeyring(worker.fork)
    const failures = await Promise.all([failureFrom(keyring.get('a')), failureFrom(keyring.get('b'))])
    expect(failures.map((failure) => failure.what)).toEqual([
      'The keychain’s process ended unexpectedly.',
      'The keychain’s process ended unexpectedly.'
    ])
  })

  it('does not believe a write that cannot be read back', async () => {
    const worker = fake(({ id }) => ({ id, ok: true, value: null }))
    const failure = await failureFrom(makeKeyring(worker.fork).set('a', 'value'))
    expect(failure.what).toBe('The keychain took the password and did not give it back.')
  })

  it('tells an absent keychain from one that refuses', async () => {
    const refusing = (words: string) => fake(({ id }) => ({ id, ok: false, words }))
    const codeOf = async (words: string) => (await failureFrom(makeKeyring(refusing(words).fork).get('a'))).code
    expect(await codeOf('The name org.freedesktop.secrets was not provided by any .service files')).toBe('absent')
    expect(await codeOf('Cannot autolaunch D-Bus without X11 $DISPLAY')).toBe('absent')
    expect(await codeOf('libsecret-1.so.0: cannot open shared object file')).toBe('absent')
    expect(await codeOf('Cannot create an item in a locked collection')).toBe('locked')
  })
})

describe('the store of secrets', () => {
  it('keeps nothing anywhere when the keychain refuses', async () => {
    const dir = newDir()
    const worker = fake(({ id, op }) =>
      op === 'set'
        ? { id, ok: false, words: 'Cannot create an item in a locked collection' }
        : { id, ok: true, value: null }
    )
    const store = makeSecrets({ dir, fork: worker.fork, environment: {} })
    expect((await failureFrom(store.set('m', 'db/a', 'hidden', 'keychain'))).kind).toBe('keychain')
    expect(await store.get('m', 'db/a')).toBeNull()
    expect(await store.keychain()).toMatchObject({ kind: 'locked' })
    expect(readdirSync(dir)).toEqual([])
  })

  it('asks the keychain only for what was put there', async () => {
    const worker = fake(({ id }) => ({ id, ok: true, value: 'never-asked' }))
    const store = makeSecrets({ dir: newDir(), fork: worker.fork, environment: {} })
    expect(await store.get('m', 'db/a')).toBeNull()
    expect(worker.forks()).toBe(0)
  })

  it('takes the environment before anything else', async () => {
    const worker = fake(() => null)
    const environment = { SITESWAP_SECRET_SSH_OLD_DB1_0_PASSWORD: 'from outside' }
    const store = makeSecrets({ dir: newDir(), fork: worker.fork, environment })
    await store.set('m', 'ssh/old-db1/0/password', 'typed', 'session')
    expect(await store.of('m').get('ssh/old-db1/0/password')).toBe('from outside')
  })

  it('copies what the session holds to a duplicated move', async () => {
    const store = makeSecrets({ dir: newDir(), fork: fake(() => null).fork, environment: {} })
    await store.set('m', 'db/a', 'one', 'session')
    expect(await store.copy('m', 'n')).toEqual([])
    await store.remove('m')
    expect([await store.get('m', 'db/a'), await store.get('n', 'db/a')]).toEqual([null, 'one'])
  })
})
