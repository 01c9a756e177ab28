import { type FailureError, fail } from '../../shared/failure'

/** The lines a person would have read; `-v` adds the others. */
export const wordsOf = (stderr: string): string =>
  stderr
    .split(/\r?\n/)
    .filter(
      (line) =>
        line.trim() !== '' && !/^(debug\d: |OpenSSH_|Authenticated to |Transferred: |Bytes per second)/.test(line)
    )
    .join('\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a server's words may hold terminal codes
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
    .slice(-1_000)

interface Rule {
  when: RegExp
  make: (label: string, words: string, match: RegExpExecArray) => FailureError
}

const byHand = (label: string) => `Try \`ssh ${label}\` in a terminal: it asks what Siteswap cannot ask.`

const rules: Rule[] = [
  {
    when: /REVOKED HOST KEY|is marked as revoked/i,
    make: (label, words) =>
      fail('host-key-changed', `The host key of ${label} is marked as revoked.`, {
        where: label,
        words,
        try: ['Do not connect. Ask who runs the host why its key was revoked.']
      })
  },
  {
    when: /HOST IDENTIFICATION HAS CHANGED/i,
    make: (label, words) =>
      fail('host-key-changed', `The host key of ${label} has changed: it may be another machine that answers.`, {
        where: label,
        words,
        try: ['Ask who runs the host whether its key was renewed, and compare the fingerprint over another channel.']
      })
  },
  {
    when: /host key is known for|Host key verification failed/i,
    make: (label, words) =>
      fail('host-key-unknown', `The system’s ssh does not know the host key of ${label}, or of a jump before it.`, {
        where: label,
        words,
        try: [byHand(label), 'Compare the fingerprint there before you accept it.']
      })
  },
  {
    when: /Too many authentication failures/i,
    make: (label, words) =>
      fail('auth', `${label} hung up after too many attempts to sign in.`, {
        where: label,
        words,
        try: ['In ~/.ssh/config: name the right key as IdentityFile and set IdentitiesOnly yes.']
      })
  },
  {
    when: /Permission denied \(([^)]*)\)/i,
    make: (label, words, match) =>
      fail('auth', `${label} did not let the system’s ssh in.`, {
        where: label,
        why: `It takes: ${(match[1] ?? '').replaceAll(',', ', ')}.`,
        words,
        try: [
          'Siteswap runs ssh without questions: keys must be in the agent or without passphrase, tickets must be fresh.',
          byHand(label)
        ]
      })
  },
  {
    when: /Could not resolve hostname ([^\s:]+)/i,
    make: (label, words, match) =>
      fail('not-found', `The name ${match[1] ?? label} does not resolve to an address.`, {
        where: label,
        words,
        try: ['Check the spelling of the host.', 'Check this computer’s DNS or VPN: the name may be known inside only.']
      })
  },
  {
    when: /Bad owner or permissions|bad configuration option|(missing|extra) arguments? |keyword \S+ /i,
    make: (label, words) =>
      fail('invalid', 'The system’s ssh does not accept its configuration.', {
        where: label,
        words,
        try: ['Correct the line it names.']
      })
  },
  {
    when: /no matching (cipher|key exchange|host key type|MAC)|Unable to negotiate/i,
    make: (label, words) =>
      fail('refused', `${label} and the system’s ssh share no SSH algorithm.`, {
        where: label,
        words,
        try: ['Update the SSH server there.']
      })
  },
  {
    when: /Connection refused/i,
    make: (label, words) =>
      fail('refused', `Nothing answers at ${label}: the connection was refused.`, {
        where: label,
        words,
        try: ['Check the port.', 'Check that an SSH server runs there.']
      })
  },
  {
    when: /timed out/i,
    make: (label, words) =>
      fail('timeout', `${label} did not answer in time.`, {
        where: label,
        words,
        try: ['Check the address and the port.', 'A firewall that drops packets looks like this.']
      })
  },
  {
    when: /No route to host|Network is unreachable/i,
    make: (label, words) =>
      fail('unreachable', `There is no way from this computer to ${label}.`, {
        where: label,
        words,
        try: ['Check this computer’s network or VPN.']
      })
  }
]

/** What the system's ssh said before it gave up, in the words of every other connection. */
export const systemSshFailure = (stderr: string, label: string): FailureError => {
  const words = wordsOf(stderr)
  for (const { when, make } of rules) {
    const match = when.exec(words)
    if (match) return make(label, words, match)
  }
  return fail('unreachable', `The system’s ssh could not connect to ${label}.`, {
    where: label,
    words: words || undefined,
    try: [byHand(label)]
  })
}

/** This computer has no ssh, or it cannot be started. */
export const noProgramFailure = (program: string, code: string | undefined): FailureError =>
  fail('not-found', `The program ${program} cannot be started on this computer.`, {
    where: program,
    code,
    try: ['Install OpenSSH’s client.', 'Or let Siteswap connect by itself.']
  })
