import { type FailureError, fail } from '../../shared/failure'
import type { ResolvedHop } from '../../shared/ssh-settings'
import { sshVersionIn } from './first-words'
import { strangerFailure } from './stranger-failure'

interface Ssh2Error extends Error {
  level?: string
  code?: string | number
  reason?: number | string
}

/** What happened while signing in, for the words of a failure. */
export interface Tried {
  /** What was offered, in order: `the agent’s key work`, `the key ~/.ssh/id_rsa`, `a password`. */
  offered: string[]
  /** What the server would take. */
  takes: Set<string>
  /** One proof was accepted and another is wanted. */
  partial: boolean
  /** One sentence for each key that could not be used. */
  notes: string[]
  /** The server's own words before signing in. */
  banner: string
  /** The server asked questions and nobody could answer them. */
  unanswered: boolean
  /** What it said before SSH began; left out: nobody listened. */
  heard?: () => string
}

const clean = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's words may hold terminal codes
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').slice(0, 500)

const offeredText = (tried: Tried): string => {
  const shown = tried.offered.slice(0, 8).join(', ')
  const more = tried.offered.length > 8 ? ` and ${tried.offered.length - 8} more` : ''
  return tried.offered.length > 0 ? `Offered were ${shown}${more}.` : 'There was nothing to offer.'
}

/** Which of the things to agree on failed. */
const unshared = (words: string): string | undefined => {
  const kinds: [RegExp, string][] = [
    [/key exchange/i, 'way to exchange keys (KexAlgorithms)'],
    [/host key/i, 'type of host key (HostKeyAlgorithms)'],
    [/cipher/i, 'cipher (Ciphers)'],
    [/MAC/i, 'checksum (MACs)']
  ]
  const kind = kinds.find(([pattern]) => pattern.test(words))?.[1]
  return kind && `They have no ${kind} in common.`
}

/** What the SSH library says while a hop is being signed in to, in words. */
export const signInFailure = (error: Ssh2Error, label: string, tried: Tried): FailureError => {
  const words = clean(error.message)
  if (/too many authentication failures/i.test(words))
    return fail('auth', `${label} hung up after too many attempts to sign in.`, {
      where: label,
      why: offeredText(tried),
      words,
      try: [
        'The agent holds more keys than the server is willing to try: choose the right key’s file for this hop.',
        'In ~/.ssh/config: name it as IdentityFile and set IdentitiesOnly yes.'
      ]
    })
  if (/signature verification failed/i.test(words))
    return fail('refused', `What answers as ${label} showed its host key and could not prove that it holds it.`, {
      where: label,
      why: 'Somebody on the line may have changed what the two sides said to each other.',
      words,
      try: ['Try again from another network.', 'Ask who runs the host and the network between.']
    })
  if (/no matching/i.test(words))
    return fail('refused', `${label} and Siteswap share no safe SSH algorithm.`, {
      where: label,
      why: unshared(words),
      words,
      try: [
        'Update the SSH server there.',
        'Or let this server be reached by the system’s own ssh, which knows more of them.',
        'Siteswap offers AES-GCM and AES-CTR with SHA-2 and no SHA-1, CBC or ChaCha20.'
      ]
    })
  const heard = tried.heard?.() ?? ''
  if (sshVersionIn(heard)?.startsWith('SSH-2.0-') !== true) return strangerFailure(heard, label, words)
  return fail('unreachable', `The SSH connection to ${label} broke while signing in.`, {
    where: label,
    words,
    code: error.code,
    try: ['Try again.', 'Look at the SSH server’s log: it may have ended a sign-in that took too long.']
  })
}

/** A server tells nobody from outside that an account is expired, locked or left out: it refuses like a wrong key. */
const lookInLog =
  'When both are right: the account may be expired, locked or left out there (AllowUsers); the host’s SSH log says which.'

/** A refused sign-in: what was tried and what the server would take. */
export const authFailure = (hop: ResolvedHop, label: string, tried: Tried): FailureError => {
  const takes = tried.takes.size > 0 ? `It takes: ${[...tried.takes].join(', ')}.` : undefined
  const notes = tried.notes.length > 0 ? clean(tried.notes.join(' ')) : undefined
  const words = tried.banner === '' ? undefined : clean(tried.banner)
  const base = { where: label, why: [takes, notes].filter(Boolean).join(' ') || undefined, words }
  if (tried.unanswered)
    return fail(
      'auth',
      `${label} asks questions of its own before it lets ${hop.user} in, and nobody can be asked here.`,
      {
        ...base,
        try: ['Connect with the app’s window, which shows them.', 'Use a key for which the host asks nothing more.']
      }
    )
  if (tried.partial)
    return fail('auth', `${label} accepted one proof of identity of ${hop.user} and wants another one.`, {
      ...base,
      try: [
        'Choose “as OpenSSH does it” for this hop, so that keys, questions and password are all offered.',
        'Or use an account for which the server asks one proof only.'
      ]
    })
  switch (hop.auth.kind) {
    case 'agent':
      return fail('auth', `${label} accepted none of the SSH agent’s keys for ${hop.user}.`, {
        ...base,
        try: [
          'Check with `ssh-add -l` that the right key is loaded.',
          `Add its public key on the host for ${hop.user}.`,
          lookInLog
        ]
      })
    case 'auto':
      return fail('auth', `${label} let ${hop.user} in by none of the ways that OpenSSH would try.`, {
        ...base,
        why: [offeredText(tried), takes, notes].filter(Boolean).join(' '),
        try: [
          `Check with \`ssh -v -p ${hop.port} ${hop.user}@${hop.host}\` which key it takes.`,
          `Add the public key on the host for ${hop.user}.`,
          'Enter the password when it takes one.'
        ]
      })
    case 'key':
      return fail('auth', `${label} does not accept this key for ${hop.user}.`, {
        ...base,
        try: [
          `Add the public key to authorized_keys of ${hop.user} on that host.`,
          'Check the user name.',
          'Choose another key.',
          lookInLog
        ]
      })
    case 'password':
      if (!tried.takes.has('password') && !tried.takes.has('keyboard-interactive'))
        return fail('auth', `${label} does not take passwords.`, {
          ...base,
          try: ['Use a key or the agent for this hop.']
        })
      if (tried.offered.length === 0)
        return fail('secret-missing', `No SSH password is known for ${label}.`, {
          ...base,
          try: ['Enter it in the server’s form.']
        })
      return fail('auth', `${label} does not accept this password for ${hop.user}.`, {
        ...base,
        try: ['Enter the password again.', 'Check the user name.', lookInLog]
      })
    default:
      return hop.auth satisfies never
  }
}

/** A channel the host would not open. */
export const channelFailure = (error: Ssh2Error, label: string, target: string): FailureError => {
  const words = clean(error.message)
  const reason = typeof error.reason === 'number' ? error.reason : undefined
  if (target.startsWith('/'))
    return fail('refused', `${label} could not open the socket ${target}.`, {
      where: label,
      why: 'An SSH server says no more: it is not there, nobody serves it, the account may not use it, or sockets are not forwarded.',
      words,
      code: reason,
      try: [
        'Ask the database where its socket is: SHOW VARIABLES LIKE ‘socket’.',
        'Set AllowStreamLocalForwarding yes in the host’s sshd_config.',
        'Or reach the database by its port.'
      ]
    })
  if (reason === 1 || /prohibited/i.test(words))
    return fail('denied', `${label} does not allow forwarding to ${target}.`, {
      where: label,
      words,
      code: reason,
      try: [
        'Set AllowTcpForwarding yes (and PermitOpen for this address) in its sshd_config.',
        'Look at the key’s line in authorized_keys, too: permitopen or no-port-forwarding may stand there.'
      ]
    })
  if (/not known|no address|name resolution|nodename/i.test(words))
    return fail('not-found', `${label} does not know the name in ${target}: it does not resolve there.`, {
      where: label,
      words,
      code: reason,
      try: [
        'Enter the name or address as that host knows it: its own names and DNS count, not this computer’s.',
        `Look it up there: \`getent hosts ${target.replace(/:\d+$/, '')}\`.`
      ]
    })
  if (/timed out|no route|unreachable/i.test(words))
    return fail('unreachable', `There is no way from ${label} to ${target}.`, {
      where: label,
      words,
      code: reason,
      try: ['Check the address as it is seen from that host.', 'A firewall between the two may drop it.']
    })
  if (reason === 2 || /refused|connect failed/i.test(words))
    return fail('refused', `Seen from ${label}, nothing answers at ${target}.`, {
      where: label,
      words,
      code: reason,
      try: ['Check host and port as they are seen from that host.', 'Check that the service runs and listens there.']
    })
  return fail('unreachable', `${label} could not open a channel to ${target}.`, {
    where: label,
    words,
    code: reason,
    try: ['Try again.', 'Check the connection to that host.']
  })
}
