import type { Duplex } from 'node:stream'
import ssh2, { type AnyAuthMethod, type Client } from 'ssh2'
import { deadlineText } from '../../shared/deadline'
import { FailureError, fail, failureOf } from '../../shared/failure'
import type { ResolvedHop, SshMethod } from '../../shared/ssh-settings'
import { algorithmsFor } from './algorithms'
import { type AskQuestion, makeAnswers } from './answer-questions'
import { makeAttempts } from './attempts'
import { makeAuthPlan, type Offer } from './auth-plan'
import { keyNameOf } from './first-use'
import { hearFirstWords, sshVersionIn } from './first-words'
import { fingerprintOf, keyTypeOf } from './host-key'
import { type HostKeyVerdict, judgeHostKey, type KnownHostLine, knownKeyTypes } from './known-hosts'
import { OfferedKey } from './offered-key'
import { makePatience } from './patience'
import { watchReplies } from './replies'
import type { WaysIn } from './ssh-auth'
import { authFailure, signInFailure, type Tried } from './ssh-failure'
import { strangerFailure } from './stranger-failure'
import { unguardedCipher, unguardedFailure } from './strict-exchange'

export interface SignInOptions {
  hop: ResolvedHop
  label: string
  /** Names of the hops before this one. */
  through: string[]
  stream: Duplex
  known: readonly KnownHostLine[]
  /** Prepares keys and secrets; called only once the host key was found to be known. */
  waysIn: () => Promise<WaysIn>
  /** Asks a person the server's own questions; null: nobody can be asked. */
  ask: AskQuestion | null
  onVerified: (fingerprint: string, line: KnownHostLine) => void
  /** What the connection doctor is told besides: the server's version, the agreed algorithms, each attempt with its answer. */
  tell?: {
    version(text: string): void
    hostKey(shown: string): void
    agreed(algorithms: string): void
    attempts(lines: string[]): void
  }
  deadlineMs: number
  signal?: AbortSignal
}

export type SignInOutcome =
  | { kind: 'signed-in'; client: Client; fingerprint: string; by: string }
  | { kind: 'stopped'; verdict: Exclude<HostKeyVerdict, { kind: 'known' }>; key: Buffer }

const methodsOf = (hop: ResolvedHop): readonly SshMethod[] => {
  switch (hop.auth.kind) {
    case 'auto':
      return hop.methods
    case 'password':
      return ['keyboard-interactive', 'password']
    case 'agent':
    case 'key':
      return ['publickey', 'keyboard-interactive']
    default:
      return hop.auth satisfies never
  }
}

const nameOf = (offer: Offer): string => {
  switch (offer.kind) {
    case 'key':
      return offer.identity.from === 'agent'
        ? `the agent’s key ${offer.identity.name}`
        : `the key ${offer.identity.name}`
    case 'questions':
      return 'answers to its questions'
    case 'password':
      return 'a password'
    default:
      return offer satisfies never
  }
}

/** A key by its fingerprint, too: a colleague compares it with authorized_keys. */
const namedOffer = (offer: Offer): string => {
  if (offer.kind !== 'key') return nameOf(offer)
  const blob = offer.identity.publicKey.getPublicSSH()
  return `${nameOf(offer)} (${keyTypeOf(blob)} ${fingerprintOf(blob)})`
}

/** One SSH handshake over a stream. An unknown, changed or revoked key ends it before anything secret is read or sent. */
export const signIn = async (options: SignInOptions): Promise<SignInOutcome> => {
  const { hop, label, stream, known, deadlineMs, signal } = options
  const client = new ssh2.Client()
  const keyName = keyNameOf(hop)
  const patience = makePatience(deadlineMs)
  const gone = new AbortController()
  let stopped: Extract<SignInOutcome, { kind: 'stopped' }> | null = null
  let unguarded: FailureError | null = null
  let fingerprint = ''
  let firstKey: Buffer | null = null

  // Called again at every new key exchange: a key that changes under way is as bad as one that changed before.
  const verify = (key: Buffer): boolean => {
    if (firstKey) return firstKey.equals(key)
    const cipher = unguardedCipher(client)
    if (cipher !== null) {
      unguarded = unguardedFailure(label, cipher)
      return false
    }
    options.tell?.hostKey(`${keyTypeOf(key)} ${fingerprintOf(key)}`)
    const verdict = judgeHostKey(known, keyName, key)
    if (verdict.kind !== 'known') {
      stopped = { kind: 'stopped', verdict, key: Buffer.from(key) }
      return false
    }
    firstKey = Buffer.from(key)
    fingerprint = fingerprintOf(key)
    options.onVerified(fingerprint, verdict.line)
    return true
  }

  const attempts = makeAttempts((lines) => options.tell?.attempts(lines))
  const tried: Tried = { offered: [], takes: new Set(), partial: false, notes: [], banner: '', unanswered: false }
  let ended: FailureError | null = null
  let prepare: Promise<{ plan: ReturnType<typeof makeAuthPlan>; answers: ReturnType<typeof makeAnswers> }> | null = null

  const outcome = new Promise<SignInOutcome>((resolve, reject) => {
    // The library hears nothing of a stream that ended before it listens.
    if (stream.destroyed || stream.readableEnded) return reject(strangerFailure('', label, 'It is closed already.'))
    const end = (failure: FailureError) => {
      ended ??= failure
      client.end()
      reject(ended)
    }
    const methodFor = async (
      offer: Offer,
      answers: ReturnType<typeof makeAnswers>
    ): Promise<AnyAuthMethod | FailureError> => {
      const username = hop.user
      const again = tried.offered.includes(nameOf(offer))
      tried.offered.push(nameOf(offer))
      attempts.begin(namedOffer(offer))
      switch (offer.kind) {
        case 'key':
          return { type: 'agent', username, agent: new OfferedKey(offer.identity, patience.hold) }
        case 'password': {
          const password = offer.password ?? (await patience.hold(answers.password(again)))
          return password instanceof FailureError ? password : { type: 'password', username, password }
        }
        case 'questions':
          answers.begin()
          return {
            type: 'keyboard-interactive',
            username,
            prompt: (name, instructions, _lang, prompts, finish) => {
              patience.hold(answers.answer(name, instructions, prompts)).then(
                (given) => (given instanceof FailureError ? end(given) : finish(given)),
                (error) => end(new FailureError(failureOf(error)))
              )
            }
          }
        default:
          return offer satisfies never
      }
    }
    const latest = { left: null as readonly string[] | null }
    const nextMethod = async (next: (method: AnyAuthMethod | false) => void) => {
      // The first question is `none`: the answer tells what the server takes, so that nothing is sent in vain.
      if (latest.left === null) return next({ type: 'none', username: hop.user })
      try {
        prepare ??= (async () => {
          const ways = await options.waysIn()
          tried.notes.push(...ways.notes)
          for (const note of ways.notes) attempts.note(note)
          const answers = makeAnswers({
            label,
            user: hop.user,
            through: options.through,
            password: ways.password,
            ask: options.ask,
            signal: gone.signal
          })
          const plan = makeAuthPlan(ways, methodsOf(hop), options.ask !== null, () => answers.rounds() > 0)
          return { plan, answers }
        })()
        const { plan, answers } = await prepare
        const offer = plan.next(latest.left)
        tried.unanswered = answers.unanswered()
        const method = offer ? await methodFor(offer, answers) : false
        if (method instanceof FailureError) end(method)
        else next(method)
      } catch (error) {
        end(error instanceof FailureError ? error : new FailureError(failureOf(error)))
      }
    }

    client.on('handshake', ({ kex, cs }) => options.tell?.agreed([kex, cs.cipher, cs.mac].filter(Boolean).join(', ')))
    client.on('ready', () => {
      attempts.answered('accepted')
      resolve({ kind: 'signed-in', client, fingerprint, by: tried.offered.at(-1) ?? 'nothing' })
    })
    client.on('banner', (words) => {
      tried.banner = words
      attempts.note(`It says: ${words.slice(0, 300).trim()}`)
    })
    client.on('change password', () =>
      end(
        fail('auth', `${label} wants the password of ${hop.user} to be changed first.`, {
          where: label,
          try: [`Sign in there once by hand (\`ssh -p ${hop.port} ${hop.user}@${hop.host}\`) and change it.`]
        })
      )
    )
    client.on('error', (error: Error & { level?: string }) => {
      if (stopped) return resolve(stopped)
      if (unguarded) return reject(unguarded)
      if (error.level === 'agent') {
        tried.notes.push(error.message)
        return
      }
      if (error.level === 'client-authentication') return reject(authFailure(hop, label, tried))
      reject(signInFailure(error, label, tried))
    })
    client.on('close', () => {
      gone.abort()
      if (stopped) return resolve(stopped)
      reject(signInFailure(new Error('The connection was closed during sign-in.'), label, tried))
    })
    client.connect({
      sock: stream,
      username: hop.user,
      algorithms: algorithmsFor(knownKeyTypes(known, keyName)),
      hostVerifier: verify,
      // ssh2 lets the handler answer later through `next`; its types do not know it.
      authHandler: ((_left: string[] | null, _was: boolean | null, next: (method: AnyAuthMethod | false) => void) => {
        void nextMethod(next)
      }) as never,
      agentForward: false,
      readyTimeout: 0,
      // Our own pulse watches a signed-in line: its pace changes when a run begins.
      keepaliveInterval: 0
    })
    const heard = hearFirstWords(stream, (version) => options.tell?.version(version))
    tried.heard = heard.text
    watchReplies(client, (left, partial) => {
      if (latest.left === null) attempts.note(`It takes: ${left.join(', ')}`)
      else attempts.answered(partial ? 'accepted, and it wants another proof' : 'refused')
      latest.left = left
      if (!partial && !tried.partial) for (const name of left) tried.takes.add(name)
      if (partial) {
        tried.partial = true
        tried.takes = new Set(left)
      }
    })
  })

  const drop = () => {
    gone.abort()
    client.destroy()
    stream.destroy()
  }
  try {
    const late = () => {
      const heard = tried.heard?.() ?? ''
      if (heard !== '' && sshVersionIn(heard) === null) return strangerFailure(heard, label, '')
      return fail('timeout', `Signing in to ${label} took longer than ${deadlineText(deadlineMs)}.`, {
        where: label,
        try: ['Check that an SSH server answers there.', 'Look at the host’s load and at its SSH log.']
      })
    }
    const result = await patience.limit(outcome, late, drop, signal)
    if (result.kind === 'stopped') drop()
    return result
  } catch (error) {
    drop()
    throw error
  }
}
