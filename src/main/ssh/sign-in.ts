import type { Duplex } from 'node:stream'
import ssh2, { type AnyAuthMethod, type Client } from 'ssh2'
import { deadlineText, within } from '../../shared/deadline'
import { FailureError, fail, failureOf } from '../../shared/failure'
import type { Hop } from '../../shared/move'
import { algorithmsFor } from './algorithms'
import { fingerprintOf } from './host-key'
import { type HostKeyVerdict, judgeHostKey, type KnownHostLine, knownKeyTypes } from './known-hosts'
import { authFailure, signInFailure } from './ssh-failure'

export interface SignInOptions {
  hop: Hop
  label: string
  stream: Duplex
  known: readonly KnownHostLine[]
  /** Prepares keys and secrets; called only once the host key was found to be known. */
  methods: () => Promise<AnyAuthMethod[]>
  onVerified: (fingerprint: string) => void
  deadlineMs: number
  signal?: AbortSignal
}

export type SignInOutcome =
  | { kind: 'signed-in'; client: Client; fingerprint: string }
  | { kind: 'stopped'; verdict: Exclude<HostKeyVerdict, { kind: 'known' }>; key: Buffer }

/** A hung key exchange is cut here; a person confirming a hardware key needs longer than that. */
const agentPatienceMs = 60_000

/** One SSH handshake over a stream. An unknown, changed or revoked key ends it before anything secret is read or sent. */
export const signIn = async (options: SignInOptions): Promise<SignInOutcome> => {
  const { hop, label, stream, known, deadlineMs, signal } = options
  const client = new ssh2.Client()
  let stopped: Extract<SignInOutcome, { kind: 'stopped' }> | null = null
  let fingerprint = ''
  let firstKey: Buffer | null = null

  // Called again at every new key exchange: a key that changes under way is as bad as one that changed before.
  const verify = (key: Buffer): boolean => {
    if (firstKey) return firstKey.equals(key)
    const verdict = judgeHostKey(known, hop.host, hop.port, key)
    if (verdict.kind !== 'known') {
      stopped = { kind: 'stopped', verdict, key: Buffer.from(key) }
      return false
    }
    firstKey = Buffer.from(key)
    fingerprint = fingerprintOf(key)
    options.onVerified(fingerprint)
    return true
  }

  const offered = new Set<string>()
  let partial = false
  let prepared: AnyAuthMethod[] | null = null
  let preparing: unknown = null
  let agentWords: string | null = null

  const outcome = new Promise<SignInOutcome>((resolve, reject) => {
    const nextMethod = async (
      left: readonly string[] | null,
      wasPartial: boolean | null,
      next: (method: AnyAuthMethod | false) => void
    ) => {
      // The first question is `none`: the answer tells what the server takes, so that nothing is sent in vain.
      if (left === null) return next({ type: 'none', username: hop.user })
      if (!wasPartial) for (const name of left) offered.add(name)
      partial ||= wasPartial === true
      try {
        prepared ??= await options.methods()
      } catch (error) {
        preparing = error
        return next(false)
      }
      const takes = (method: AnyAuthMethod) => left.includes(method.type === 'agent' ? 'publickey' : method.type)
      while (prepared.length > 0 && !partial) {
        const method = prepared.shift()
        if (method && takes(method)) return next(method)
      }
      next(false)
    }

    client.on('ready', () => resolve({ kind: 'signed-in', client, fingerprint }))
    client.on('error', (error: Error & { level?: string }) => {
      if (stopped) return resolve(stopped)
      if (preparing)
        return reject(preparing instanceof FailureError ? preparing : new FailureError(failureOf(preparing)))
      if (error.level === 'agent') {
        agentWords = error.message
        return
      }
      if (error.level === 'client-authentication')
        return reject(authFailure(hop, label, [...offered], partial, agentWords))
      reject(signInFailure(error, label))
    })
    client.on('close', () => {
      if (stopped) return resolve(stopped)
      reject(signInFailure(new Error('The connection was closed during sign-in.'), label))
    })
    client.connect({
      sock: stream,
      username: hop.user,
      algorithms: algorithmsFor(knownKeyTypes(known, hop.host, hop.port)),
      hostVerifier: verify,
      // ssh2 lets the handler answer later through `next`, and passes null at the first call; its types know neither.
      authHandler: ((left: string[] | null, was: boolean | null, next: (method: AnyAuthMethod | false) => void) => {
        void nextMethod(left, was, next)
      }) as never,
      agentForward: false,
      readyTimeout: 0,
      keepaliveInterval: 5_000,
      keepaliveCountMax: 3
    })
  })

  const patience = hop.auth.kind === 'agent' ? Math.max(deadlineMs, agentPatienceMs) : deadlineMs
  const drop = () => {
    client.destroy()
    stream.destroy()
  }
  try {
    const result = await within(
      outcome,
      patience,
      () =>
        fail('timeout', `Signing in to ${label} took longer than ${deadlineText(patience)}.`, {
          where: label,
          try: ['Check that an SSH server answers there.', 'Look at the host’s load and at its SSH log.']
        }),
      { signal, giveUp: drop }
    )
    if (result.kind === 'stopped') drop()
    return result
  } catch (error) {
    drop()
    throw error
  }
}
