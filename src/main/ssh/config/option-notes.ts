import type { SshNote, SshNoteEffect } from '../../../shared/ssh-settings'
import { matchPatternList } from '../match-pattern'
import type { CollectedOptions } from './collect-options'
import type { ConfigOption } from './config-files'

/** Options that are followed; everything else is named. */
const followed = new Set([
  'hostname',
  'user',
  'port',
  'identityfile',
  'identitiesonly',
  'proxyjump',
  'hostkeyalias',
  'userknownhostsfile',
  'globalknownhostsfile',
  'hashknownhosts',
  'connecttimeout',
  'serveraliveinterval',
  'serveralivecountmax',
  'preferredauthentications',
  'pubkeyauthentication',
  'passwordauthentication',
  'kbdinteractiveauthentication',
  'tag',
  'ignoreunknown'
])

/** They shape a terminal, a forwarding or a session of `ssh` itself; Siteswap has none of these. */
const harmless = new Set(
  `addkeystoagent batchmode checkhostip clearallforwardings compression compressionlevel connectionattempts controlmaster controlpath
  controlpersist dynamicforward enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fingerprinthash
  forkafterauthentication forwardx11 forwardx11timeout forwardx11trusted gatewayports gssapidelegatecredentials gssapirenewalforcesrekey
  ipqos keepalive localcommand localforward loglevel logverbose nohostauthenticationforlocalhost numberofpasswordprompts
  obscurekeystroketiming permitlocalcommand permitremoteopen rekeylimit remotecommand remoteforward requesttty sendenv sessiontype setenv
  stdinnull streamlocalbindmask streamlocalbindunlink syslogfacility tcpkeepalive tunnel tunneldevice updatehostkeys usekeychain
  useroaming useprivilegedport visualhostkey warnweakcrypto xauthlocation protocol cipher refuseconnection channeltimeout versionaddendum
  canonicaldomains canonicalizefallbacklocal canonicalizemaxdots canonicalizepermittedcnames`.split(/\s+/)
)

const off = new Set(['no', 'false', 'none', 'off', 'never'])

interface Said {
  effect: SshNoteEffect
  words: string
}
type Judge = (value: string, line: ConfigOption) => Said | null

const unlessOff =
  (effect: SshNoteEffect, words: string): Judge =>
  (value) =>
    off.has(value.toLowerCase()) ? null : { effect, words }
const always =
  (effect: SshNoteEffect, words: string): Judge =>
  () => ({ effect, words })

const algorithms = always('own', 'Siteswap offers safe algorithms of its own choice: no SHA-1, no CBC.')

const judged: Record<string, Judge> = {
  proxycommand: unlessOff(
    'system-ssh',
    'Siteswap never runs commands from the config: it reaches the host only by the system’s ssh, or by ProxyJump.'
  ),
  proxyusefdpass: unlessOff('system-ssh', 'It belongs to ProxyCommand, which only the system’s ssh runs.'),
  certificatefile: unlessOff(
    'system-ssh',
    'User certificates are shown by the system’s ssh, or by an agent that holds one.'
  ),
  pkcs11provider: unlessOff(
    'system-ssh',
    'Keys of a smart card are used by the system’s ssh, or by an agent that holds them.'
  ),
  securitykeyprovider: (value) =>
    value === 'internal'
      ? null
      : { effect: 'system-ssh', words: 'FIDO keys are used by the system’s ssh, or by an agent.' },
  knownhostscommand: unlessOff('system-ssh', 'Siteswap runs no command to learn host keys; it reads known_hosts.'),
  gssapiauthentication: (value, line) => {
    if (off.has(value.toLowerCase())) return null
    // Distributions switch it on for every host; that says nothing about this one.
    return line.own
      ? {
          effect: 'system-ssh',
          words: 'Kerberos is spoken by the system’s ssh; here keys, questions and passwords are tried.'
        }
      : { effect: 'none', words: 'Kerberos is not spoken; keys, questions and passwords are tried.' }
  },
  gssapikeyexchange: unlessOff('system-ssh', 'Kerberos is spoken by the system’s ssh only.'),
  hostbasedauthentication: unlessOff(
    'system-ssh',
    'Sign-in by the name of this computer is done by the system’s ssh only.'
  ),
  canonicalizehostname: unlessOff(
    'system-ssh',
    'Short names are not completed by CanonicalDomains: write HostName out.'
  ),
  bindaddress: always('system-ssh', 'The system chooses the address to connect from.'),
  bindinterface: always('system-ssh', 'The system chooses the interface to connect from.'),
  addressfamily: (value) =>
    value.toLowerCase() === 'any'
      ? null
      : { effect: 'own', words: 'All addresses of the name are tried, IPv4 and IPv6.' },
  verifyhostkeydns: unlessOff('own', 'Host keys are not looked up in DNS; known_hosts decides.'),
  revokedhostkeys: unlessOff('own', 'Only @revoked lines of known_hosts are read; a file of revoked keys is not.'),
  forwardagent: unlessOff('own', 'The agent is never forwarded.'),
  stricthostkeychecking: (value) => {
    const policy = value.toLowerCase()
    if (policy === 'accept-new' || off.has(policy))
      return { effect: 'own', words: 'An unknown host key is asked about once, a changed one is always refused.' }
    return null
  },
  ciphers: algorithms,
  macs: algorithms,
  kexalgorithms: algorithms,
  hostkeyalgorithms: algorithms,
  pubkeyacceptedalgorithms: algorithms,
  hostbasedacceptedalgorithms: always('none', 'Sign-in by host is not used.'),
  casignaturealgorithms: always('none', 'Host certificates are judged by Siteswap’s own rules.'),
  requiredrsasize: always('own', 'RSA keys are not measured by this.'),
  identityagent: () => null,
  noidentityfile: () => null
}

const text = (line: ConfigOption) => (line.args ?? [line.rest]).join(' ')

const judge = (keyword: string, line: ConfigOption, ignoreUnknown: string): Said | null => {
  if (followed.has(keyword)) return null
  const own = judged[keyword]
  if (own) return own(line.args?.[0] ?? line.rest, line)
  if (harmless.has(keyword) || keyword.startsWith('gssapi'))
    return { effect: 'none', words: 'It makes no difference here.' }
  if (matchPatternList(keyword, ignoreUnknown, true)) return null
  return { effect: 'own', words: 'Siteswap does not know this option and leaves it out.' }
}

/** Names every option in force that Siteswap does not follow, with what that means. */
export const optionNotes = (alias: string, options: CollectedOptions): SshNote[] => {
  const note = (line: ConfigOption, said: Said): SshNote => ({
    alias,
    option: line.option,
    value: text(line).slice(0, 300),
    ...said,
    file: line.file,
    line: line.line
  })
  const lines: [string, ConfigOption][] = [...options.first]
  const certificate = options.certificateFiles[0]
  if (certificate) lines.push(['certificatefile', certificate])
  const notes = lines.flatMap(([keyword, line]) => {
    const said = judge(keyword, line, options.ignoreUnknown)
    return said ? [note(line, said)] : []
  })
  for (const { line, criterion } of options.leftOut)
    notes.push(
      note(line, {
        effect: 'system-ssh',
        words:
          criterion === 'exec'
            ? 'Siteswap never runs commands from the config: this block is left out.'
            : `Siteswap does not judge “${criterion}”: this block is left out.`
      })
    )
  return notes
}
