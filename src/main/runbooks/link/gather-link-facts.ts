import { type Failure, fail, failureOf } from '../../../shared/failure'
import type { SiteSide } from '../../../shared/move'
import type { SshHost } from '../../ssh/ssh-host'
import type { LinkFacts, Supervisor } from './link-facts'
import { bridgeMark } from './link-facts'
import { bridgeOf, type Prepare, pairOf } from './pair'
import { shellRun, shellWord } from './shell'

const lookDeadlineMs = 10_000

/** Output of a read-only script; a code other than 0 is a failure in words. */
export const lookAt = async (host: SshHost, script: string, what: string): Promise<string> => {
  const result = await host.exec(shellRun(script), { deadlineMs: lookDeadlineMs })
  if (result.code !== 0)
    throw fail('server', what, {
      where: host.label,
      words: (result.stderr || result.stdout).trim().slice(-1000),
      try: ['Sign in to that host by hand and run the command; mend what it says.']
    })
  return result.stdout.trim()
}

/** A `~` at the start is the account's own home on that host. */
export const absolutePath = (path: string, home: string): string =>
  path === '~' ? home : path.startsWith('~/') ? `${home}${path.slice(1)}` : path

/** Reads from both hosts what the bridge is made from; of a host that is gone nothing is read, and nothing can be sent to it. */
export const gatherLinkFacts = async ({ reach, move }: Prepare, gone: readonly SiteSide[] = []): Promise<LinkFacts> => {
  const pair = pairOf(move)
  const bridge = bridgeOf(move)
  const [oldHost, newHost] = await Promise.all(
    (['old', 'new'] as const).map((side) => (gone.includes(side) ? null : reach.ssh(pair[side].id)))
  )
  const blockers: Failure[] = []
  const [newHome, oldHome] = await Promise.all([
    newHost && homeOf(newHost),
    oldHost && homeOfUser(oldHost, bridge.user)
  ])
  const directory = absolutePath(bridge.directory, newHome ?? '~')
  const authorizedKeys = absolutePath(bridge.authorizedKeysPath, oldHome ?? '~')
  const sshProgram = await newHost?.exec(
    shellRun('command -v ssh && command -v ssh-keygen && command -v ssh-keyscan'),
    {
      deadlineMs: lookDeadlineMs
    }
  )
  if (newHost && sshProgram?.code !== 0)
    blockers.push({
      kind: 'not-found',
      what: `${pair.new.name} has no OpenSSH client.`,
      where: newHost.label,
      try: ['Install the package openssh-client there.']
    })
  for (const path of [newHost && directory, oldHost && authorizedKeys])
    if (path && !path.startsWith('/'))
      blockers.push({
        kind: 'invalid',
        what: `“${path}” is not an absolute path.`,
        where: 'the bridge',
        try: ['On Sites, give the bridge a path that begins with / or ~/.']
      })
  const supervisor: Supervisor = newHost ? await supervisorOf(newHost, move.id) : { kind: 'process' }
  return {
    moveId: move.id,
    ...pair,
    bridge,
    directory,
    authorizedKeys,
    sshProgram: sshProgram?.stdout.split('\n')[0]?.trim() || 'ssh',
    oldHostKey: oldHost?.hostKeyFingerprint ?? '',
    supervisor,
    blockers,
    warnings:
      supervisor.kind === 'process'
        ? [
            `systemd does not run on ${pair.new.name}: the bridge is a supervised process, which a restart of the host ends.`
          ]
        : []
  }
}

const homeOf = (host: SshHost) => lookAt(host, 'printf %s "$HOME"', 'The home folder of the account could not be read.')

/** The home of another account is looked up, the own one is what the session says. */
const homeOfUser = (host: SshHost, user: string) =>
  lookAt(
    host,
    `user=${shellWord(user)}
if [ "$(id -un)" = "$user" ]; then printf %s "$HOME"
else (getent passwd "$user" || grep "^$user:" /etc/passwd) | head -n 1 | cut -d: -f6 | grep . ; fi`,
    `The account ${user} was not found on the old database host.`
  )

/**
 * systemd counts only when process 1 shares our network: inside a container or namespace a unit of the outer host would
 * run somewhere else. For an ordinary account it counts when its own units outlive the session (lingering).
 */
const supervisorOf = async (host: SshHost, moveId: string): Promise<Supervisor> => {
  const unit = `${bridgeMark(moveId)}.service`
  const script = `[ -d /run/systemd/system ] || exit 0
command -v systemctl >/dev/null || exit 0
a=$(readlink /proc/1/ns/net 2>/dev/null) b=$(readlink /proc/self/ns/net 2>/dev/null)
if [ "$(id -u)" = 0 ]; then
  [ "$a" = "$b" ] || exit 0
  case $(systemctl is-system-running 2>/dev/null) in running|degraded|starting) echo system ;; esac
else
  [ "$(loginctl show-user "$(id -un)" -p Linger 2>/dev/null)" = Linger=yes ] || exit 0
  case $(systemctl --user is-system-running 2>/dev/null) in running|degraded) echo "user $HOME" ;; esac
fi`
  try {
    const answer = (await host.exec(shellRun(script), { deadlineMs: lookDeadlineMs })).stdout.trim()
    if (answer === 'system') return { kind: 'systemd', scope: 'system', unitPath: `/etc/systemd/system/${unit}` }
    if (answer.startsWith('user '))
      return { kind: 'systemd', scope: 'user', unitPath: `${answer.slice(5)}/.config/systemd/user/${unit}` }
    return { kind: 'process' }
  } catch (error) {
    if (failureOf(error).kind === 'cancelled') throw error
    return { kind: 'process' }
  }
}
