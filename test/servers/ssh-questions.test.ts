import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Hop } from '../../src/shared/move'
import type { SignInAnswers, SignInQuestion } from '../../src/shared/sign-in'
import { failureFrom } from './own/failure-of'
import { type QuestioningSshd, type Round, startQuestioningSshd } from './own/questioning-sshd'
import { startSshBench } from './own/ssh-bench'
import { makeKey } from './own/sshd'

const bench = startSshBench()
const { user, fileNamed, hop, open, knowing } = bench

const hidden = (prompt: string) => ({ prompt, echo: false })
const shown = (prompt: string) => ({ prompt, echo: true })

const serve = async (script: Parameters<typeof startQuestioningSshd>[1]): Promise<QuestioningSshd> => {
  const server = await startQuestioningSshd(fileNamed('asking'), script)
  onTestFinished(() => server.stop())
  knowing(`[127.0.0.1]:${server.port} ${server.hostKey}`)
  return server
}
const target = (server: QuestioningSshd, auth: Hop['auth'] = { kind: 'password' }): Hop => ({
  host: '127.0.0.1',
  port: server.port,
  user,
  auth
})
/** Answers one question after the other from a list. */
const person = (...replies: SignInAnswers[]) => {
  const seen: SignInQuestion[] = []
  return {
    seen,
    askQuestion: async (question: SignInQuestion): Promise<SignInAnswers> => {
      seen.push(question)
      return replies[seen.length - 1] ?? null
    }
  }
}
const secret = async () => 'kept word'

describe('what a server asks while signing in', () => {
  beforeAll(() => {
    makeKey(fileNamed('asking'))
  })

  it('is shown with all its prompts, round after round, and goes back in order', async () => {
    const server = await serve({
      rounds: [
        {
          name: 'Access',
          instructions: 'Two things first.',
          prompts: [shown('Badge number: '), hidden('PIN: ')],
          right: (given) => given.join() === '4711,0815'
        },
        { prompts: [] },
        { instructions: '\u001b[31mCode sent', prompts: [shown('Code: ')], right: ([code]) => code === 'größe €' }
      ]
    })
    const someone = person(['4711', '0815'], ['größe €'])
    const host = await open([target(server)], someone)
    expect(host.open).toBe(true)
    expect(someone.seen).toMatchObject([
      {
        host: `${user}@127.0.0.1:${server.port}`,
        through: [],
        name: 'Access',
        instructions: 'Two things first.',
        prompts: [
          { text: 'Badge number: ', echo: true },
          { text: 'PIN: ', echo: false }
        ],
        round: 1,
        again: false
      },
      { instructions: '\u001b[31mCode sent', prompts: [{ text: 'Code: ', echo: true }], round: 2, again: false }
    ])
    expect(server.tried).toEqual(['none', 'keyboard-interactive'])
  })

  it('is asked again when the answers were wrong, three times at most', async () => {
    const round: Round = { prompts: [shown('Code: ')], right: ([code]) => code === 'third' }
    const server = await serve({ rounds: [round] })
    const someone = person(['first'], ['second'], ['third'])
    expect((await open([target(server)], someone)).open).toBe(true)
    expect(someone.seen.map((question) => question.again)).toEqual([false, true, true])

    const stubborn = await serve({ rounds: [{ ...round, right: () => false }] })
    const loser = person(['a'], ['b'], ['c'], ['d'])
    const failure = await failureFrom(open([target(stubborn)], loser))
    expect(failure.kind).toBe('auth')
    expect(loser.seen).toHaveLength(3)
  })

  it('gets the kept password for the one hidden question that wants it, and a person for everything else', async () => {
    const server = await serve({
      rounds: [
        { prompts: [hidden('Password: ')], right: ([word]) => word === 'kept word' },
        { prompts: [hidden('One-time code: ')], right: ([code]) => code === '123456' }
      ]
    })
    const someone = person(['123456'])
    await open([target(server)], { ...someone, secret })
    expect(someone.seen.map((question) => question.prompts[0]?.text)).toEqual(['One-time code: '])

    const curious = await serve({ rounds: [{ prompts: [hidden('Recovery code of your bank: ')] }] })
    const other = person(['no'])
    await open([target(curious)], { ...other, secret })
    expect(curious.answers).toEqual([['no']])
  })

  it('ends the sign-in when the person does not go on', async () => {
    const server = await serve({ rounds: [{ prompts: [hidden('Password: ')] }] })
    const failure = await failureFrom(open([target(server)], person(null)))
    expect(failure.kind).toBe('cancelled')
    expect(failure.what).toBe(
      `Signing in to ${user}@127.0.0.1:${server.port} was stopped: its questions were not answered.`
    )
    expect(server.answers).toEqual([])
  })

  it('is taken back when the server hangs up meanwhile, and a person may take longer than the deadline', async () => {
    const server = await serve({ rounds: [{ prompts: [hidden('Password: ')], right: ([word]) => word === 'slow' }] })
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2800))
      return ['slow']
    }
    expect((await open([target(server)], { askQuestion: slow, deadlineMs: 2500 })).open).toBe(true)

    let takenBack = false
    const failure = await failureFrom(
      open([target(server)], {
        askQuestion: (_question, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              takenBack = true
              resolve(null)
            })
            server.hangUp()
          })
      })
    )
    expect(takenBack).toBe(true)
    expect(failure.what).toBe(`The SSH connection to ${user}@127.0.0.1:${server.port} broke while signing in.`)
  })

  it('is refused when it is more than anybody asks, and said when nobody is there to answer', async () => {
    const many = await serve({ rounds: [{ prompts: Array.from({ length: 1_000 }, () => hidden('x')) }] })
    const someone = person(['y'])
    const failure = await failureFrom(open([target(many)], someone))
    expect(failure.what).toBe(`${user}@127.0.0.1:${many.port} asks 1000 questions at once.`)
    expect(someone.seen).toEqual([])

    const server = await serve({
      rounds: [
        { prompts: [hidden('Password: ')] },
        { prompts: [shown('Code: ')], right: ([code]) => code !== undefined }
      ]
    })
    const alone = await failureFrom(open([target(server)], { secret }))
    expect(alone.what).toBe(
      `${user}@127.0.0.1:${server.port} asks questions of its own before it lets ${user} in, and nobody can be asked here.`
    )
    expect(server.answers).toEqual([['kept word'], []])
  })

  it('may follow a key as the second proof, also when the agent signed the first', async () => {
    const server = await serve({
      after: 'publickey',
      rounds: [{ prompts: [shown('Code: ')], right: ([code]) => code === '42' }]
    })
    const someone = person(['42'])
    const host = await open([hop({ port: server.port } as never)], someone)
    expect(host.open).toBe(true)
    expect(server.tried.filter((method, index) => method !== server.tried[index - 1])).toEqual([
      'none',
      'publickey',
      'keyboard-interactive'
    ])
  })

  it.each(['password', 'auto'] as const)(
    'is a password, typed by a person, where a server takes nothing else and none is kept (%s)',
    async (kind) => {
      const server = await serve({ rounds: [], password: 'typed word' })
      const auth: Hop['auth'] = { kind }
      // No agent and no key files: as with a password-only host of the ssh config.
      const way = { ...target(server, auth), settings: { identityAgent: 'none', identityFiles: ['/nonexistent/key'] } }
      const someone = person(['wrong word'], ['typed word'])
      expect((await open([way], someone)).open).toBe(true)
      expect(someone.seen).toMatchObject([
        { own: true, name: '', prompts: [{ text: `Password of ${user}`, echo: false }], round: 1, again: false },
        { own: true, round: 2, again: true }
      ])
      expect(server.tried).toEqual(['none', 'password', 'password'])

      const stubborn = person(['a'], ['b'], ['c'], ['typed word'])
      expect((await failureFrom(open([way], stubborn))).kind).toBe('auth')
      expect(stubborn.seen).toHaveLength(3)
      expect((await failureFrom(open([way], person(null)))).kind).toBe('cancelled')
      const kept = person(['typed word'])
      expect((await open([way], { ...kept, secret })).open).toBe(true)
      expect(kept.seen.map(({ again }) => again)).toEqual([true])
    }
  )

  it('is no second password after a server has asked for one in its own words', async () => {
    const server = await serve({ rounds: [{ prompts: [hidden('Password: ')], right: () => false }], password: 'x' })
    const someone = person(['a'], ['b'], ['c'], ['x'])
    expect((await failureFrom(open([target(server)], someone))).kind).toBe('auth')
    expect(someone.seen.map(({ own }) => own)).toEqual([undefined, undefined, undefined])
  })

  it('hears no password and no answer before its host key is known', async () => {
    const server = await serve({ rounds: [{ prompts: [hidden('Password: ')] }], password: 'kept word' })
    knowing('')
    const someone = person(['typed'])
    const failure = await failureFrom(open([target(server)], { ...someone, secret }))
    expect(failure.kind).toBe('host-key-unknown')
    const refused = await failureFrom(open([target(server)], { ...someone, secret, askHostKey: async () => false }))
    expect(refused.kind).toBe('host-key-unknown')
    expect(server.tried).toEqual([])
    expect(someone.seen).toEqual([])
  })
})
