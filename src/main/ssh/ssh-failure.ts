import { type FailureError, fail } from '../../shared/failure'
import type { Hop } from '../../shared/move'

interface Ssh2Error extends Error {
  level?: string
  code?: string | number
  reason?: number | string
}

const clean = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's words may hold terminal codes
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').slice(0, 500)

/** What the SSH library says while a hop is being signed in to, in words. */
export const signInFailure = (error: Ssh2Error, label: string): FailureError => {
  const words = clean(error.message)
  if (/no matching|Handshake failed/i.test(words))
    return fail('refused', `${label} and Siteswap share no safe SSH algorithm.`, {
      where: label,
      words,
      try: [
        'Update the SSH server there.',
        'Siteswap offers AES-GCM and AES-CTR with SHA-2 and no SHA-1, CBC or ChaCha20.'
      ]
    })
  if (/before handshake|Invalid identification|Protocol version|Expected|ident/i.test(words))
    return fail('refused', `What answers at ${label} does not speak SSH, or it hung up at once.`, {
      where: label,
      words,
      try: ['Check the port: is it the SSH port?', 'The server may refuse this address; look at its log.']
    })
  if (/too many authentication failures/i.test(words))
    return fail('auth', `${label} refused after too many keys.`, {
      where: label,
      words,
      try: ['The agent holds more keys than the server is willing to try: choose the key file itself.']
    })
  return fail('unreachable', `The SSH connection to ${label} broke while signing in.`, {
    where: label,
    words,
    code: error.code,
    try: ['Try again.', 'Look at the SSH server’s log.']
  })
}

/** A refused sign-in: what was tried and what the server would take. */
export const authFailure = (
  hop: Hop,
  label: string,
  offered: readonly string[],
  partial: boolean,
  agentWords: string | null
): FailureError => {
  const takes = offered.length > 0 ? `It takes: ${offered.join(', ')}.` : undefined
  if (partial)
    return fail('auth', `${label} wants a second proof of identity, which Siteswap cannot give.`, {
      where: label,
      why: takes,
      try: ['Use an account or key for which the server asks one proof only.']
    })
  switch (hop.auth.kind) {
    case 'agent':
    case 'auto':
      return fail('auth', `${label} accepted none of the SSH agent’s keys for ${hop.user}.`, {
        where: label,
        why: takes,
        words: agentWords ?? undefined,
        try: [
          'Check with `ssh-add -l` that the right key is loaded.',
          `Add its public key on the host for ${hop.user}.`
        ]
      })
    case 'key':
      return fail('auth', `${label} does not accept this key for ${hop.user}.`, {
        where: label,
        why: takes,
        try: [
          `Add the public key to authorized_keys of ${hop.user} on that host.`,
          'Check the user name.',
          'Choose another key.'
        ]
      })
    case 'password':
      if (!offered.includes('password') && !offered.includes('keyboard-interactive'))
        return fail('auth', `${label} does not take passwords.`, {
          where: label,
          why: takes,
          try: ['Use a key or the agent for this hop.']
        })
      return fail('auth', `${label} does not accept this password for ${hop.user}.`, {
        where: label,
        why: takes,
        try: ['Enter the password again.', 'Check the user name.']
      })
    default:
      return hop.auth satisfies never
  }
}

/** A channel the host would not open. */
export const channelFailure = (error: Ssh2Error, label: string, target: string): FailureError => {
  const words = clean(error.message)
  const reason = typeof error.reason === 'number' ? error.reason : undefined
  if (reason === 1 || /prohibited/i.test(words))
    return fail('denied', `${label} does not allow forwarding to ${target}.`, {
      where: label,
      words,
      code: reason,
      try: ['Set AllowTcpForwarding yes (and PermitOpen for this address) in its sshd_config.']
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
