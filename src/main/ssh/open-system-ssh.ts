import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { deadlineText, within } from '../../shared/deadline'
import { fail, failureOf } from '../../shared/failure'
import { type SshEntry, sshEntryLabel } from '../../shared/move'
import { dialFailure } from './dial-tcp'
import { type Pace, type PaceName, startPulse, usualPaces } from './pulse'
import { type SshProcess, spawnSsh } from './spawn-ssh'
import type { SshStage } from './ssh-deps'
import type { SshHost } from './ssh-host'
import { execBy } from './system-exec'
import { streamOf } from './system-forward'
import {
  connectionArgv,
  destinationOf,
  forwardTarget,
  type SystemSshOptions,
  sharedArgv,
  sharedDestination
} from './system-ssh-argv'
import { systemSshFailure } from './system-ssh-failure'

export interface SystemSshDeps extends Omit<SystemSshOptions, 'connectTimeoutS' | 'alive'> {
  /** Default: `ssh`, as this computer finds it. */
  program?: string
  agentSocket: string | undefined
  watch?: (stage: SshStage) => void
  /** For everything until it is signed in; a person may have to touch a token. */
  deadlineMs?: number
  signal?: AbortSignal
  /** In calm times ssh itself asks for signs of life; during a run the app does besides. */
  paces?: Record<PaceName, Pace>
}

const defaultDeadlineMs = 60_000
/** A pace at which nothing is ever asked and no silence is too long. */
const never: Pace = { intervalMs: Number.POSITIVE_INFINITY, countMax: 1 }
const lookEveryMs = 50
const lifeDeadlineMs = 5_000
/** Within this time the end of the shared connection is heard after that of a channel. */
const endHeardMs = 250

const fingerprintIn = (said: string): string =>
  [...said.matchAll(/Server host key: \S+ (SHA256:[A-Za-z0-9+/]{43})/g)].at(-1)?.[1] ?? ''

/** The connection that all channels share is up once its control socket is there: ssh makes it after signing in. */
const waitFor = (socket: string, shared: SshProcess, label: string, deadlineMs: number, signal?: AbortSignal) => {
  let timer: NodeJS.Timeout | undefined
  const there = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (existsSync(socket)) resolve()
    }, lookEveryMs)
  })
  const over = shared.ended.then(() => {
    throw systemSshFailure(shared.said(), label)
  })
  const late = () =>
    fail('timeout', `The system’s ssh did not sign in to ${label} within ${deadlineText(deadlineMs)}.`, {
      where: label,
      words: systemSshFailure(shared.said(), label).failure.words,
      try: ['A token may wait to be touched.', `Try \`ssh ${label}\` in a terminal.`]
    })
  return within(Promise.race([there, over]), deadlineMs, late, signal ? { signal } : {}).finally(() =>
    clearInterval(timer)
  )
}

/**
 * Reaches a host by the system's own ssh, for what only it can do: FIDO keys, certificates, Kerberos, ProxyCommand.
 * One signed-in connection is shared by all channels over a control socket in a folder of this account alone.
 */
export const openSystemSsh = async (entries: readonly SshEntry[], deps: SystemSshDeps): Promise<SshHost> => {
  if (process.platform === 'win32')
    throw fail('invalid', 'The system’s ssh of Windows cannot share a connection, so Siteswap does not use it.', {
      where: destinationOf(entries),
      try: ['Let Siteswap connect by itself.', 'Or run Siteswap on a jump host.']
    })
  const program = deps.program ?? 'ssh'
  const deadlineMs = deps.deadlineMs ?? defaultDeadlineMs
  const destination = destinationOf(entries)
  const label = `${entries.map(sshEntryLabel).reverse().join(' through ')} by the system’s ssh`
  const hop = entries.length - 1
  const paces = deps.paces ?? usualPaces
  const connectTimeoutS = Math.max(1, Math.ceil(deadlineMs / 4000))
  const options: SystemSshOptions = { ...deps, connectTimeoutS, alive: paces.calm }
  const connection = connectionArgv(entries, options)
  const folder = await mkdtemp(join(tmpdir(), 'siteswap-ssh-'))
  const socket = join(folder, 'c')
  const start = (argv: readonly string[]) => spawnSsh(program, argv, deps.agentSocket)
  for (const before of entries.keys())
    for (const layer of ['name', 'tcp', 'ssh', ...(before < hop ? (['host-key', 'ssh-auth'] as const) : [])] as const)
      deps.watch?.({ hop: before, layer, state: 'skipped', seen: 'left to the system’s ssh' })
  deps.watch?.({ hop, layer: 'ssh-auth', state: 'running', seen: `${program} signs in by itself` })
  const shared = start([...connection, '-v', '-M', '-N', '-S', socket, '-o', 'ControlPersist=no', '--', destination])
  try {
    await waitFor(socket, shared, destination, deadlineMs, deps.signal)
  } catch (error) {
    shared.stop()
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const fingerprint = fingerprintIn(shared.said())
  deps.watch?.({ hop, layer: 'host-key', state: 'ok', seen: `${fingerprint} is known to ${program}` })
  deps.watch?.({ hop, layer: 'ssh-auth', state: 'ok', seen: `${program} signed in` })

  let open = true
  let why = 'The system’s ssh ended the connection.'
  const listeners = new Set<(why: string) => void>()
  const gone = () => {
    if (!open) return
    open = false
    pulse.stop()
    shared.stop()
    void rm(folder, { recursive: true, force: true })
    for (const listener of listeners) listener(why)
    listeners.clear()
  }
  const needOpen = () => {
    if (!open)
      throw fail('unreachable', `The SSH connection to ${label} is closed.`, { where: label, try: ['Connect again.'] })
  }
  /** Whether it still stands, after the moment in which its end would be heard. */
  const whole = async (): Promise<boolean> => {
    const ended = shared.ended.then(
      () => false,
      () => false
    )
    return (await Promise.race([ended, sleep(endHeardMs)])) ?? open
  }
  const channel = (argv: readonly string[], command: readonly string[] = []) =>
    start([...sharedArgv(socket), ...argv, '--', sharedDestination, ...command])
  const exec: SshHost['exec'] = async (command, execOptions) => {
    needOpen()
    return execBy(channel([], [command]), label, execOptions, whole)
  }
  // A shared connection's pace cannot be changed under way, and after a sleep ssh's own clock goes on as if nothing were.
  const pulse = startPulse({
    ask: (answered) => {
      const lostAfterMs = paces.run.intervalMs * paces.run.countMax
      exec(':', { deadlineMs: Math.max(lifeDeadlineMs, lostAfterMs) }).then(answered, (error) => {
        // A host that refuses to run it has answered.
        if (failureOf(error).kind !== 'timeout') answered()
      })
    },
    paces: { calm: never, run: paces.run },
    lost: (because) => {
      why = `The SSH connection to ${label} is lost: ${because}.`
      gone()
    }
  })
  shared.ended.then(gone, gone)
  const suspicious = <T>(attempt: Promise<T>): Promise<T> =>
    attempt.catch((error) => {
      if (open && failureOf(error).kind === 'timeout') pulse.check(lifeDeadlineMs)
      throw error
    })
  /** Far sockets and the near ones, in our folder, that lead to them. */
  const sockets = new Map<string, Promise<string>>()
  let nearSockets = 0
  const nearSocket = async (path: string, near: string, nearDeadlineMs: number): Promise<string> => {
    const asked = channel(['-O', 'forward', '-L', `${near}:${path}`])
    const late = () =>
      fail('timeout', `The system’s ssh did not forward ${path} of ${label} within ${deadlineText(nearDeadlineMs)}.`, {
        where: label,
        try: ['Look at this computer’s load.', 'Try again.']
      })
    if ((await within(asked.ended, nearDeadlineMs, late, { giveUp: asked.stop })) === 0) return near
    throw systemSshFailure(asked.said(), label)
  }
  return {
    label,
    hostKeyFingerprint: fingerprint,
    get open() {
      return open
    },
    exec: (command, execOptions) => suspicious(exec(command, execOptions)),
    forward: async (host, port, forwardDeadlineMs) => {
      needOpen()
      const target = `${host}:${port}`
      const before = shared.mark()
      const started = channel(['-v', '-W', forwardTarget(host, port)])
      return suspicious(streamOf(started, label, target, forwardDeadlineMs, () => shared.said(before)))
    },
    forwardSocket: async (path, forwardDeadlineMs) => {
      needOpen()
      const asked = sockets.get(path) ?? nearSocket(path, join(folder, `s${nearSockets++}`), forwardDeadlineMs)
      sockets.set(path, asked)
      const near = await asked.catch((error) => {
        if (sockets.get(path) === asked) sockets.delete(path)
        throw error
      })
      return dialSocket(near, label, path, forwardDeadlineMs)
    },
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

const dialSocket = (near: string, label: string, path: string, deadlineMs: number): Promise<Duplex> => {
  const socket = connect(near)
  socket.on('error', () => undefined)
  const connected = new Promise<Duplex>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error) => reject(dialFailure(label, 0, error)))
  })
  return within(
    connected,
    deadlineMs,
    () => fail('timeout', `${label} did not open a channel to ${path} within ${deadlineText(deadlineMs)}.`),
    { giveUp: () => socket.destroy() }
  )
}
