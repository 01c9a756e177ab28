import { randomUUID } from 'node:crypto'
import { within } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import type { Hop } from '../../shared/move'
import { fingerprintOf, keyTypeOf } from './host-key'
import { type HostKeyVerdict, judgeHostKey } from './known-hosts'
import { addKnownHost, readKnownHosts } from './known-hosts-file'
import type { SshDeps } from './ssh-deps'

const answerDeadlineMs = 10 * 60_000

/** The hard stops: no dialog, no way on but to mend known_hosts by hand. */
export const stopFailure = (
  hop: Hop,
  label: string,
  key: Buffer,
  verdict: Extract<HostKeyVerdict, { kind: 'changed' | 'revoked' }>
): FailureError => {
  const shown = `${keyTypeOf(key)} ${fingerprintOf(key)}`
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
      `Only then remove the old line (\`ssh-keygen -R ${hop.port === 22 ? hop.host : `'[${hop.host}]:${hop.port}'`}\`) and connect again.`
    ]
  })
}

const refusal = (hop: Hop, label: string, key: Buffer, asked: boolean): FailureError =>
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
  hop: Hop,
  label: string,
  through: string[],
  key: Buffer,
  otherTypes: string[],
  deps: SshDeps
): Promise<void> => {
  const ask = deps.askHostKey
  if (!ask) throw refusal(hop, label, key, false)
  const id = `${deps.knownHosts.write}\0${hop.host}\0${hop.port}\0${fingerprintOf(key)}`
  const question = {
    id: randomUUID(),
    host: hop.host,
    port: hop.port,
    through,
    keyType: keyTypeOf(key) ?? 'unknown',
    fingerprint: fingerprintOf(key),
    lookedUpIn: [...new Set([...deps.knownHosts.read, deps.knownHosts.write])],
    ...(otherTypes.length > 0 ? { otherTypes } : {})
  }
  const answer =
    asking.get(id) ??
    (async () => {
      // Somebody else may have answered between this host's verdict and now.
      const known = await readKnownHosts(deps.knownHosts)
      if (judgeHostKey(known, hop.host, hop.port, key).kind === 'known') return true
      const accepted = await ask(question)
      if (accepted) await addKnownHost(deps.knownHosts.write, hop.host, hop.port, key)
      return accepted
    })().finally(() => asking.delete(id))
  asking.set(id, answer)
  const accepted = await within(answer, answerDeadlineMs, () => refusal(hop, label, key, true), {
    signal: deps.signal
  })
  if (!accepted) throw refusal(hop, label, key, true)
}
