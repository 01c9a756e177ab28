import { randomUUID } from 'node:crypto'
import { within } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import type { ResolvedHop } from '../../shared/ssh-settings'
import { fingerprintOf, keyTypeOf } from './host-key'
import { type HostKeyName, type HostKeyVerdict, hostKeyName, judgeHostKey } from './known-hosts'
import { addKnownHost, knownHostsFor, readKnownHosts } from './known-hosts-file'
import type { SshDeps } from './ssh-deps'

const answerDeadlineMs = 10 * 60_000

/** The name a hop's key is looked up and kept under. */
export const keyNameOf = (hop: ResolvedHop): HostKeyName =>
  hostKeyName(hop.host, hop.port, hop.hostKeyAlias ?? undefined)

const quoted = (name: string) => (name.startsWith('[') ? `'${name}'` : name)

/** The hard stops: no dialog, no way on but to mend known_hosts by hand. */
export const stopFailure = (
  hop: ResolvedHop,
  label: string,
  key: Buffer,
  verdict: Extract<HostKeyVerdict, { kind: 'changed' | 'revoked' | 'certified' }>
): FailureError => {
  const shown = `${keyTypeOf(key)} ${fingerprintOf(key)}`
  if (verdict.kind === 'certified')
    return fail('host-key-unknown', `${label} is known by a certificate, which Siteswap’s own SSH cannot verify.`, {
      where: verdict.lines.map((line) => `${line.file}:${line.line}`).join(', '),
      why: `A certificate authority vouches for this name there. Without its certificate the host showed ${shown}.`,
      try: [
        'Let this host be reached by the system’s own ssh, which verifies the certificate.',
        'Or have the host’s own key added to known_hosts by whoever runs it.'
      ]
    })
  if (verdict.kind === 'revoked')
    return fail('host-key-changed', `The host key of ${label} is marked as revoked.`, {
      where: `${verdict.line.file}:${verdict.line.line}`,
      why: `It showed ${shown}.`,
      try: ['Do not connect. Ask who runs the host why its key was revoked.']
    })
  const places = verdict.lines.map((line) => `${line.file}:${line.line} (${line.keyType} ${fingerprintOf(line.key)})`)
  return fail('host-key-changed', `The host key of ${label} has changed: it may be another machine that answers.`, {
    where: label,
    why: `It showed ${shown}; on file is ${places.join(', ')}.`,
    try: [
      'Ask who runs the host whether its key was renewed, and compare the fingerprint over another channel.',
      `Only then remove the old line (\`ssh-keygen -R ${quoted(keyNameOf(hop).exact)}\`) and connect again.`
    ]
  })
}

const refusal = (hop: ResolvedHop, label: string, key: Buffer, asked: boolean): FailureError =>
  fail(
    'host-key-unknown',
    asked ? `The host key of ${label} was not accepted.` : `The host key of ${label} is not known yet.`,
    {
      where: label,
      why: `It showed ${keyTypeOf(key)} ${fingerprintOf(key)}.`,
      try: [
        'Compare this fingerprint with the host’s own: `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` there.',
        asked
          ? 'Connect again and accept it when it is the same.'
          : `Then add it: connect once with the app, or \`ssh -p ${hop.port} ${hop.user}@${hop.host}\`.`
      ]
    }
  )

// The same question from two servers behind one jump host is asked once.
const asking = new Map<string, Promise<boolean>>()

/** Asks the person about an unknown key and writes it down when accepted; otherwise a failure with the fingerprint. */
export const acceptFirstUse = async (
  hop: ResolvedHop,
  label: string,
  through: string[],
  key: Buffer,
  otherTypes: string[],
  deps: SshDeps
): Promise<void> => {
  const ask = hop.hostKeyCheck === 'strict' ? null : deps.askHostKey
  if (!ask) throw refusal(hop, label, key, false)
  const name = keyNameOf(hop)
  const files = knownHostsFor(hop, deps.knownHosts)
  const id = `${files.write}\0${name.exact}\0${fingerprintOf(key)}`
  const question = {
    id: randomUUID(),
    host: hop.host,
    port: hop.port,
    through,
    keyType: keyTypeOf(key) ?? 'unknown',
    fingerprint: fingerprintOf(key),
    lookedUpIn: [...new Set([...files.read, files.write])],
    ...(hop.hostKeyAlias === null ? {} : { knownAs: name.exact }),
    ...(otherTypes.length > 0 ? { otherTypes } : {})
  }
  const answer =
    asking.get(id) ??
    (async () => {
      // Somebody else may have answered between this host's verdict and now.
      const known = await readKnownHosts(files)
      if (judgeHostKey(known, name, key).kind === 'known') return true
      const accepted = await ask(question)
      if (accepted) await addKnownHost(files.write, name.exact, key, hop.hashKnownHosts)
      return accepted
    })().finally(() => asking.delete(id))
  asking.set(id, answer)
  const accepted = await within(answer, answerDeadlineMs, () => refusal(hop, label, key, true), {
    signal: deps.signal
  })
  if (!accepted) throw refusal(hop, label, key, true)
}
