import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { deadlineText, within } from '../../shared/deadline'
import { fail, failureOf } from '../../shared/failure'
import { type SshEntry, sshEntryLabel } from '../../shared/move'
import { dialFailure } from './dial-tcp'
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

export interface SystemSshDeps extends Omit<SystemSshOptions, 'connectTimeoutS'> {
  /** Default: `ssh`, as this computer finds it. */
  program?: string
  agentSocket: string | undefined
  watch?: (stage: SshStage) => void
  /** For everything until it is signed in; a person may have to touch a token. */
  deadlineMs?: number
  signal?: AbortSignal
}

const defaultDeadlineMs = 60_000
const lookEveryMs = 50

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
  const options: SystemSshOptions = { ...deps, connectTimeoutS: Math.max(1, Math.ceil(deadlineMs / 4000)) }
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
    shared.stop()
    void rm(folder, { recursive: true, force: true })
    for (const listener of listeners) listener(why)
    listeners.clear()
  }
  shared.ended.then(gone, gone)
  const needOpen = () => {
    if (!open)
      throw fail('unreachable', `The SSH connection to ${label} is closed.`, { where: label, try: ['Connect again.'] })
  }
  const channel = (argv: readonly string[], command: readonly string[] = []) =>
    start([...sharedArgv(socket), ...argv, '--', sharedDestination, ...command])
  const exec: SshHost['exec'] = async (command, execOptions) => {
    needOpen()
    return execBy(channel([], [command]), label, execOptions, () => open)
  }
  const check = (lifeDeadlineMs: number) => {
    exec(':', { deadlineMs: lifeDeadlineMs }).catch((error) => {
      if (failureOf(error).kind !== 'timeout') return
      why = `The SSH connection to ${label} is lost: no answer for ${deadlineText(lifeDeadlineMs)}.`
      gone()
    })
  }
  const suspicious = <T>(attempt: Promise<T>): Promise<T> =>
    attempt.catch((error) => {
      if (open && failureOf(error).kind === 'timeout') check(5_000)
      throw error
    })
  /** Far sockets and the near ones, in our folder, that lead to them. */
  const sockets = new Map<string, string>()
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
      const near = sockets.get(path) ?? join(folder, `s${sockets.size}`)
      if (!sockets.has(path)) {
        const asked = channel(['-O', 'forward', '-L', `${near}:${path}`])
        const late = () => fail('timeout', `${label} did not forward ${path} in time.`, { where: label })
        await within(asked.ended, forwardDeadlineMs, late, { giveUp: asked.stop })
        sockets.set(path, near)
      }
      return dialSocket(near, label, path, forwardDeadlineMs)
    },
    // ssh itself asks for a sign of life every 5 s, also in calm times: its pace cannot be changed under way.
    pace: () => undefined,
    check,
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
