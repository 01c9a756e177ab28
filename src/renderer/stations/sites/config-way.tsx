import { useState } from 'react'
import type { ResolvedHop, SshNote } from '../../../shared/ssh-settings'
import { Button } from '../../parts/button'
import { KeyValues } from '../../parts/key-values'
import { Note } from '../../parts/note'
import { visibleString } from '../../parts/visible-text'
import type { SshWay } from '../../state/ssh-config'

const place = (hop: ResolvedHop): string => `${hop.user}@${hop.host}${hop.port === 22 ? '' : `:${hop.port}`}`
const short = (path: string): string => path.replace(/^\/(?:home\/[^/]+|Users\/[^/]+|root)\//, '~/')

const keysOf = (hop: ResolvedHop): string => {
  const files = hop.identityFilesAreDefaults ? 'the usual' : hop.identityFiles.map(short).join(', ') || 'none'
  const agent =
    hop.identityAgent.kind === 'none'
      ? 'no agent'
      : hop.identityAgent.kind === 'socket'
        ? `agent ${short(hop.identityAgent.path)}`
        : ''
  return [files, hop.identitiesOnly ? 'only these' : '', agent].filter(Boolean).join(', ')
}

const linesOf = (hops: readonly ResolvedHop[]) => {
  const last = hops.at(-1)
  if (!last) return []
  const jumps = hops.slice(0, -1)
  const { intervalS } = last.serverAlive
  const times = [
    last.connectTimeoutS === null ? '' : `connects within ${last.connectTimeoutS} s`,
    intervalS ? `alive every ${intervalS} s` : ''
  ].filter(Boolean)
  return [
    ...(jumps.length > 0
      ? [
          {
            key: 'Through',
            value: jumps
              .map(place)
              .map((text) => visibleString(text, 80))
              .join(' → '),
            mono: true,
            wraps: true
          }
        ]
      : []),
    { key: 'Leads to', value: visibleString(place(last), 120), mono: true, wraps: true },
    { key: 'Keys', value: visibleString(keysOf(last), 300), mono: true, wraps: true },
    ...(last.hostKeyAlias === null
      ? []
      : [{ key: 'Known as', value: visibleString(last.hostKeyAlias, 120), mono: true }]),
    ...(last.userKnownHostsFiles === null
      ? []
      : [
          {
            key: 'Host keys',
            value: last.userKnownHostsFiles.map(short).join(', ') || 'not written down',
            mono: last.userKnownHostsFiles.length > 0,
            wraps: true
          }
        ]),
    ...(times.length > 0 ? [{ key: 'Times', value: times.join(', ') }] : [])
  ]
}

const at = (note: SshNote) => `${short(note.file)}:${note.line}`
const name = (note: SshNote) => visibleString(`${note.option} ${note.value}`.trim(), 60)

/** What a host of the ssh config leads to, as it would be connected now, and every option that is not followed. */
export function ConfigWay({ way, bySystem, onSystem }: ConfigWayProps) {
  const [all, setAll] = useState(false)
  if (way.kind === 'asking') return <p className="s11 t3">Reading your ssh config…</p>
  if (way.kind === 'failed')
    return (
      <Note tone="dan" title={way.failure.what}>
        {way.failure.why} {way.failure.where && <span className="m11">{way.failure.where}</span>} {way.failure.try[0]}
      </Note>
    )
  const { hops, notes } = way.way
  const needed = notes.filter((note) => note.effect === 'system-ssh')
  const own = notes.filter((note) => note.effect === 'own')
  const none = notes.filter((note) => note.effect === 'none')
  const quiet = [...own, ...none]
  return (
    <div className="col g8">
      <KeyValues keyWidth={87} items={linesOf(hops)} />
      {needed.length > 0 && (
        <Note
          tone={bySystem ? 'ok' : 'att'}
          title={
            bySystem
              ? 'The system’s ssh follows these.'
              : needed.length === 1
                ? 'One option needs the system’s ssh.'
                : 'Some options need the system’s ssh.'
          }
          actions={
            !bySystem && (
              <Button size="sm" onPress={onSystem}>
                Let the system’s ssh connect
              </Button>
            )
          }
        >
          {needed.map((note) => (
            <span className="way-note" key={`${note.file}:${note.line}:${note.option}`}>
              <b className="m11">{name(note)}</b> {!bySystem && note.words} <span className="m11 t3">{at(note)}</span>
            </span>
          ))}
        </Note>
      )}
      {quiet.length > 0 && (
        <div className="col g4 s11 t2">
          <div className="row">
            <span className="grow">
              {own.length > 0
                ? `${own.length === 1 ? 'One option is' : `${own.length} options are`} done Siteswap’s own way`
                : 'Options that make no difference here'}
              {own.length > 0 && none.length > 0 && `, ${none.length} make no difference`}
            </span>
            <Button size="sm" variant="ghost" pressed={all} onPress={() => setAll(!all)}>
              {all ? 'Hide' : 'Show'}
            </Button>
          </div>
          {all &&
            quiet.map((note) => (
              <span className="way-note" key={`${note.file}:${note.line}:${note.option}`}>
                <b className="m11">{name(note)}</b> {note.words} <span className="m11 t3">{at(note)}</span>
              </span>
            ))}
        </div>
      )}
    </div>
  )
}

/** What a `ConfigWay` is told; `onSystem` hands the connection to the system's ssh. */
export type ConfigWayProps = { way: SshWay; bySystem: boolean; onSystem: () => void }
