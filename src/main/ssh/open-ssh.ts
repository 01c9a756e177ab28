import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { fail, failureOf } from '../../shared/failure'
import type { ResolvedHop } from '../../shared/ssh-settings'
import { dialTcp, resolveName } from './dial-tcp'
import { execOn } from './exec'
import { acceptFirstUse, stopFailure } from './first-use'
import { knownHostsFor, readKnownHosts } from './known-hosts-file'
import { makeOneBuffer } from './one-buffer'
import { openForward, openSocketForward } from './open-channel'
import { type Pace, type PaceName, startPulse, usualPaces } from './pulse'
import { signIn } from './sign-in'
import { waysIn } from './ssh-auth'
import type { SshDeps, SshStage } from './ssh-deps'
import type { SshHost } from './ssh-host'
import { takeTurns } from './take-turns'
import { writeTogether } from './write-together'

export type { SshDeps, SshStage } from './ssh-deps'

const defaultDeadlineMs = 15_000
const lifeDeadlineMs = 5_000
/** A second round follows an accepted first-use question; more would mean that the host shows a new key each time. */
const rounds = 2

interface SignedInHop {
  client: Client
  hop: ResolvedHop
  label: string
  fingerprint: string
}

const labelOf = (hop: ResolvedHop) => `${hop.user}@${hop.host}:${hop.port}`

/** The host's own ConnectTimeout goes before the app's deadline. */
const deadlineOf = (hop: ResolvedHop, deps: SshDeps): number =>
  hop.connectTimeoutS === null ? (deps.deadlineMs ?? defaultDeadlineMs) : hop.connectTimeoutS * 1000

interface DialledHop {
  stream: Duplex
  signedIn(client: Client): void
}

const dialHop = async (
  hop: ResolvedHop,
  before: SignedInHop | undefined,
  deps: SshDeps,
  tell: (stage: Omit<SshStage, 'hop'>) => void
): Promise<DialledHop> => {
  const deadlineMs = deadlineOf(hop, deps)
  const where = `${hop.host}:${hop.port}`
  if (before) {
    tell({ layer: 'name', state: 'skipped', seen: `resolved by ${before.label}` })
    tell({ layer: 'tcp', state: 'running', seen: `${where} through ${before.label}` })
    const stream = await openForward(before.client, before.label, hop.host, hop.port, deadlineMs, deps.signal)
    tell({ layer: 'tcp', state: 'ok', seen: `${where} answers through ${before.label}` })
    return { stream: writeTogether(stream), signedIn: () => undefined }
  }
  tell({ layer: 'name', state: 'running', seen: hop.host })
  const addresses = await resolveName(hop.host, deadlineMs, deps.signal)
  tell({ layer: 'name', state: 'ok', seen: `${hop.host} is ${addresses.join(', ')}`, detail: addresses })
  tell({ layer: 'tcp', state: 'running', seen: where })
  const buffer = makeOneBuffer()
  const socket = await dialTcp(hop.host, hop.port, deadlineMs, deps.signal, buffer.onread)
  buffer.feed(socket)
  tell({ layer: 'tcp', state: 'ok', seen: `${where} answers (${socket.remoteAddress ?? hop.host})` })
  return { stream: writeTogether(takeTurns(socket)), signedIn: buffer.reuse }
}

const signInHop = async (
  serverId: string,
  hops: readonly ResolvedHop[],
  index: number,
  before: SignedInHop | undefined,
  deps: SshDeps
): Promise<SignedInHop> => {
  const hop = hops[index] as ResolvedHop
  const label = labelOf(hop)
  const through = hops.slice(0, index).map(labelOf)
  const tell = (stage: Omit<SshStage, 'hop'>) => deps.watch?.({ hop: index, ...stage })
  for (let round = 0; round < rounds; round++) {
    const { stream, signedIn } = await dialHop(hop, before, deps, tell)
    const known = await readKnownHosts(knownHostsFor(hop, deps.knownHosts)).catch((error) => {
      stream.destroy()
      // Not the server's fault: it is the check of its key that cannot be made.
      tell({ layer: 'ssh', state: 'skipped', seen: 'not tried without known_hosts' })
      throw error
    })
    let version = ''
    tell({ layer: 'ssh', state: 'running', seen: '' })
    const outcome = await signIn({
      hop,
      label,
      stream,
      known,
      through,
      waysIn: () => waysIn(serverId, hop, deps, deps.askQuestion != null),
      ask: deps.askQuestion ?? null,
      tell: {
        version: (text) => {
          version = text
          tell({ layer: 'ssh', state: 'running', seen: text })
        },
        hostKey: (shown) => {
          tell({ layer: 'ssh', state: 'ok', seen: version })
          tell({ layer: 'host-key', state: 'running', seen: shown })
        },
        agreed: (algorithms) => tell({ layer: 'ssh', state: 'ok', seen: version, detail: [`agreed on ${algorithms}`] }),
        attempts: (detail) =>
          tell({ layer: 'ssh-auth', state: 'running', seen: `${hop.user} by ${hop.auth.kind}`, detail })
      },
      onVerified: (fingerprint, line) => {
        const seen = `${line.keyType} ${fingerprint} is known`
        tell({ layer: 'host-key', state: 'ok', seen, detail: [`known in ${line.file}, line ${line.line}`] })
        tell({ layer: 'ssh-auth', state: 'running', seen: `${hop.user} by ${hop.auth.kind}` })
      },
      deadlineMs: deadlineOf(hop, deps),
      signal: deps.signal
    })
    if (outcome.kind === 'signed-in') {
      signedIn(outcome.client)
      tell({ layer: 'ssh-auth', state: 'ok', seen: `signed in as ${hop.user} by ${outcome.by}` })
      return { client: outcome.client, hop, label, fingerprint: outcome.fingerprint }
    }
    if (outcome.verdict.kind !== 'unknown') throw stopFailure(hop, label, outcome.key, outcome.verdict)
    await acceptFirstUse(hop, label, through, outcome.key, outcome.verdict.otherTypes, deps)
  }
  throw fail('host-key-unknown', `${label} showed one host key, and after it was accepted another one.`, {
    where: label,
    try: ['Several machines may answer at this address: connect to one of them by its own address.']
  })
}

/** A host's own ServerAlive settings, where they are stricter or looser than the app's; during a run the app's go first. */
const pacesOf = (hop: ResolvedHop, usual: Record<PaceName, Pace>): Record<PaceName, Pace> => {
  const { intervalS, countMax } = hop.serverAlive
  const calm = {
    intervalMs: intervalS ? intervalS * 1000 : usual.calm.intervalMs,
    countMax: countMax ?? usual.calm.countMax
  }
  return { ...usual, calm }
}

/** Any answer is a sign of life: there is no such forwarding, and every server says so. */
const askForLife = (client: Client) => (answered: () => void) => {
  client.unforwardIn('siteswap-keepalive', 1, () => answered())
}

const hostOf = (chain: readonly SignedInHop[], paces: Record<PaceName, Pace>): SshHost => {
  const last = chain.at(-1) as SignedInHop
  const jumps = chain.slice(0, -1).map((hop) => hop.label)
  const label = jumps.length > 0 ? `${last.label} through ${jumps.join(', ')}` : last.label
  const listeners = new Set<(why: string) => void>()
  let open = true
  let why = 'The SSH connection was closed by the other side.'
  const gone = () => {
    if (!open) return
    open = false
    pulse.stop()
    closeAll(chain)
    for (const listener of listeners) listener(why)
    listeners.clear()
  }
  const pulse = startPulse({
    ask: askForLife(last.client),
    paces: pacesOf(last.hop, paces),
    lost: (because) => {
      why = `The SSH connection to ${last.label} is lost: ${because}.`
      // A line that no longer answers cannot be ended politely.
      for (const hop of chain) hop.client.destroy()
      gone()
    }
  })
  for (const hop of chain) {
    hop.client.on('error', (error) => {
      why = `The SSH connection to ${hop.label} broke: ${error.message}.`
    })
    hop.client.on('close', gone)
    // Every channel that is being opened listens for the end of the connection.
    hop.client.setMaxListeners(0)
  }
  /** What ran into its deadline may have met a dead line: ask at once instead of waiting for the next beat. */
  const suspicious = <T>(attempt: Promise<T>): Promise<T> =>
    attempt.catch((error) => {
      if (failureOf(error).kind === 'timeout')
        pulse.check(Math.min(lifeDeadlineMs, paces.run.intervalMs * paces.run.countMax))
      throw error
    })
  return {
    label,
    hostKeyFingerprint: last.fingerprint,
    get open() {
      return open
    },
    exec: (command, options) => suspicious(execOn(last.client, label, command, options)),
    forward: (host, port, deadlineMs) => suspicious(openForward(last.client, label, host, port, deadlineMs)),
    forwardSocket: (path, deadlineMs) => suspicious(openSocketForward(last.client, label, path, deadlineMs)),
    pace: pulse.pace,
    check: pulse.check,
    onClose: (listener) => {
      if (open) listeners.add(listener)
      else listener(why)
    },
    close: () => {
      why = 'Siteswap closed the SSH connection.'
      gone()
    }
  }
}

/** Ends politely, innermost first; a line that no longer answers is cut. */
const closeAll = (chain: readonly SignedInHop[]) => {
  for (const hop of [...chain].reverse()) hop.client.end()
  setTimeout(() => {
    for (const hop of chain) hop.client.destroy()
  }, 500).unref()
}

/** Signs in to the last hop of a chain, each hop over a channel of the one before. Every host key is verified under its own name. */
export const openSsh = async (serverId: string, hops: readonly ResolvedHop[], deps: SshDeps): Promise<SshHost> => {
  if (hops.length === 0)
    throw fail('invalid', `${serverId} is not set up to be reached by SSH.`, {
      where: serverId,
      try: ['Add an SSH host in the server’s form.']
    })
  const chain: SignedInHop[] = []
  let lost: string | null = null
  try {
    for (const index of hops.keys()) {
      const hop = await signInHop(serverId, hops, index, chain.at(-1), deps)
      // Between two hops nobody listens yet, and an unheard error event ends the process.
      hop.client.on('error', () => undefined)
      hop.client.on('close', () => {
        lost ??= hop.label
      })
      chain.push(hop)
    }
    if (lost)
      throw fail('unreachable', `The SSH connection to ${lost} was lost right after signing in.`, {
        where: lost,
        try: ['Try again.', 'Look at the SSH server’s log.']
      })
    return hostOf(chain, deps.paces ?? usualPaces)
  } catch (error) {
    closeAll(chain)
    throw error
  }
}
