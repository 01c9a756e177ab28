import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ServerEntry, SiteSide } from '../../../shared/move'
import type { SecretRef } from '../../../shared/secret'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import { Button } from '../../parts/button'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { MarkBadge } from '../../parts/mark-badge'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { takePassword } from '../../state/import'
import { useMove } from '../../state/open-move'
import { useKeychain } from '../../state/shell'
import { editMove, keepSecret, runDoctor } from '../../state/sites'
import { useSshConfigHosts } from '../../state/ssh-config'
import { configHop } from './copy-hops'
import { sameEndpoint, serverIdFrom, withServer } from './edit-servers'
import type { BegunServer } from './found-draft'
import type { ChosenImport } from './import-dialog'
import { draftFromImport } from './import-draft'
import { ImportField } from './import-field'
import { PasteField } from './paste-field'
import type { Problems } from './plain-problems'
import type { Pasted } from './read-pasted'
import { keepOf, nothingTyped, type TypedSecret } from './secret-field'
import {
  draftOf,
  emptyHop,
  emptyServerDraft,
  type HopDraft,
  type ServerDraft,
  serverOfDraft,
  wayOfDraft
} from './server-draft'
import { ServerForm } from './server-form'
import { secretRefOf } from './server-panel'
import { useTrial } from './use-trial'

/** A new server is mostly reached as its neighbours are. */
export const likeNeighbours = (neighbours: ServerEntry[], kind: ServerEntry['kind']): HopDraft[] => {
  const like = neighbours.find((server) => server.ssh.length > 0)
  if (!like) return [emptyHop()]
  const hops = draftOf(like).hops
  const last = hops.at(-1)
  if (last?.from === 'ssh-config') return [configHop('')]
  return [...hops.slice(0, -1), emptyHop({ ...last, host: '', port: kind === like.kind ? (last?.port ?? 22) : 22 })]
}

const addressOf = (pasted: Pasted, hosts: readonly SshConfigHost[]): string => {
  const last = pasted.hops?.at(-1)
  const found = last?.from === 'ssh-config' && hosts.find((host) => host.alias === last.host && host.problem === null)
  return found ? found.host : ''
}

const untouched = ({ hops: [hop, ...more] }: ServerDraft): boolean =>
  hop !== undefined && more.length === 0 && hop.from === 'typed' && hop.host === '' && hop.user === ''

const taken = (draft: ServerDraft, pasted: Pasted, hosts: readonly SshConfigHost[]): ServerDraft => ({
  ...draft,
  name: draft.name || (pasted.name ?? ''),
  hops: pasted.hops ?? draft.hops,
  addresses: draft.addresses || addressOf(pasted, hosts),
  ...(pasted.database
    ? {
        kind: 'database' as const,
        database: { ...draft.database, ...pasted.database, user: pasted.database.user ?? draft.database.user }
      }
    : {})
})

/** Fields nobody has filled yet are not wrong before somebody tries to add. */
const shownProblems = (problems: Problems, tried: boolean): Problems =>
  tried ? problems : Object.fromEntries(Object.entries(problems).filter(([, words]) => words !== 'Fill this in.'))

/** The secrets typed in the form, by the names they would have. */
const typedSecrets = (
  id: string,
  draft: ServerDraft,
  secrets: Record<string, TypedSecret>
): Record<SecretRef, string> => {
  const keys = draft.hops.map((hop) => hop.key)
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([key, { value }]) => {
      const ref = secretRefOf(id, key, keys)
      return ref && value ? [[ref, value]] : []
    })
  )
}

const noHosts: readonly SshConfigHost[] = []

/** A form that cannot be taken shows where: the first field that needs a look. */
const focusProblem = (form: HTMLElement | null): void => {
  // A hop that is not shown has only its chip.
  for (const wrong of ['[aria-invalid=true]', '.hop.bad']) {
    const field = form?.querySelector<HTMLElement>(wrong)
    if (!field) continue
    field.focus()
    return
  }
}

const isSubmit = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' &&
  !event.defaultPrevented &&
  !event.nativeEvent.isComposing &&
  event.target instanceof HTMLInputElement &&
  event.target.type !== 'checkbox'

const footWords = (bad: boolean, way: ServerEntry | null, draft: ServerDraft): string => {
  if (bad) return 'Some fields need a look.'
  if (way && draft.kind === 'database' && way.kind !== 'database')
    return 'The test goes as far as the host; to the database once its password is typed.'
  return 'It can be added before it answers.'
}

/** The form of a server that is not in the move yet; it can be added while it does not answer. */
export function NewServerPanel({ side, kind, begun, onClose, onAdded }: NewServerPanelProps) {
  const { move } = useMove()
  const keychain = useKeychain()
  const [draft, setDraft] = useState(
    () => begun?.draft ?? emptyServerDraft(kind, likeNeighbours(move[side].servers, kind))
  )
  const [secrets, setSecrets] = useState<Record<string, TypedSecret>>({})
  const [imported, setImported] = useState<ChosenImport | null>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const known = useSshConfigHosts()
  const hosts = known.kind === 'known' ? known.hosts : noHosts
  const someHosts = hosts.length > 0
  useEffect(() => {
    // Who has an ssh config picks from it; who began to type is left alone.
    if (someHosts) setDraft((now) => (untouched(now) ? { ...now, hops: [configHop('')] } : now))
  }, [someHosts])
  const id = serverIdFrom(draft.name, move)
  const parsed = serverOfDraft({ ...draft, id })
  const carried = imported?.withPassword ? imported.entry.id : null
  // Without a password the database would only say that there is none: the host is tried by itself.
  const signsIn = Boolean(secrets.database?.value) || carried !== null || draft.database.at === 'socket'
  const way = wayOfDraft(draft, id, signsIn || draft.hops.length === 0)
  const trial = useTrial(way && { server: way, secrets: typedSecrets(id, draft, secrets), entry: carried })
  const testing = trial.answer?.doctor.kind === 'running'
  const put = (key: string, typed: TypedSecret) => setSecrets((known) => ({ ...known, [key]: typed }))
  const fillFrom = (chosen: ChosenImport) => {
    setImported(chosen)
    setDraft((known) => draftFromImport(known, chosen.entry, chosen.user))
  }
  const add = async () => {
    setTried(true)
    if (!parsed.ok) setTimeout(() => focusProblem(form.current))
    if (!parsed.ok || busy) return
    const { server } = parsed
    setBusy(true)
    const hopKeys = draft.hops.map((hop) => hop.key)
    for (const [key, typed] of Object.entries(secrets)) {
      const ref = secretRefOf(server.id, key, hopKeys)
      if (ref && typed.value) await keepSecret(ref, typed.value, keepOf(typed, keychain))
    }
    if (imported?.withPassword && !secrets.database?.value)
      await takePassword(server.id, imported.entry.id, keepOf(nothingTyped, keychain))
    const saved = await editMove((now) => withServer(now, side, server))
    setBusy(false)
    if (!saved) return
    onAdded(server.id)
    void runDoctor(server.id)
  }
  useShortcut('mod+s', () => void add())
  const problems = parsed.ok ? {} : parsed.problems
  const twin = parsed.ok ? sameEndpoint(move, parsed.server) : undefined
  return (
    <SidePanel
      label="Add server"
      width={416}
      onClose={onClose}
      dense
      head={
        <div className="row">
          <h2>Add server</h2>
          <SiteChip side={side}>{move[side].name}</SiteChip>
          <MarkBadge mark={move[side].mark} />
        </div>
      }
      foot={
        <>
          <Button variant="primary" size="md" keys={['Ctrl', 'S']} busy={busy && 'Saving'} onPress={() => void add()}>
            Add and check
          </Button>
          <Button
            size="md"
            busy={testing && 'Testing'}
            disabled={way === null && 'Fill in how it is reached first.'}
            title="Goes the way as it is typed here; nothing is kept."
            onPress={trial.run}
          >
            Test
          </Button>
          <Button size="md" variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <span className={tried && !parsed.ok ? 'foot-line c-dan' : 'foot-line'}>
            {footWords(tried && !parsed.ok, way, draft)}
          </span>
        </>
      }
    >
      {begun && begun.fill.length > 0 && (
        <Section>
          <Note tone="info" title="Not reached yet. What is known stands in the fields.">
            {begun.fill.join(' ')}
          </Note>
        </Section>
      )}
      <Section>
        <div className="flds">
          <ImportField imported={imported} onImported={fillFrom} onLeave={() => setImported(null)} />
          <PasteField
            aliases={hosts.map((host) => host.alias)}
            onPasted={(pasted) => {
              setDraft((now) => taken(now, pasted, hosts))
              if (pasted.password) put('database', { ...nothingTyped, value: pasted.password })
            }}
          />
        </div>
      </Section>
      {twin && (
        <Section>
          <Note tone="att" title={`${twin.name} has the same address.`}>
            It would be a second entry for one server.
          </Note>
        </Section>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field is as in any form */}
      <div ref={form} onKeyDown={(event) => isSubmit(event) && void add()}>
        <ServerForm
          draft={{ ...draft, id }}
          problems={shownProblems(problems, tried)}
          onChange={setDraft}
          serverId={null}
          secrets={secrets}
          onSecret={put}
          savedPlace={() => null}
          side={side}
          siteMark={move[side].mark}
          answer={trial.answer}
          autoFocus
        />
      </div>
    </SidePanel>
  )
}

/** What a `NewServerPanel` is told. */
export type NewServerPanelProps = {
  side: SiteSide
  kind: ServerEntry['kind']
  /** What is known of it already, as from a search. */
  begun?: BegunServer
  onClose: () => void
  onAdded: (serverId: string) => void
}
