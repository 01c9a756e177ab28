import { useEffect, useState } from 'react'
import type { ServerEntry, SiteSide } from '../../../shared/move'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import { Button } from '../../parts/button'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { takePassword } from '../../state/import'
import { useMove } from '../../state/open-move'
import { useKeychain } from '../../state/shell'
import { editMove, keepSecret, runDoctor } from '../../state/sites'
import { useSshConfigHosts } from '../../state/ssh-config'
import { configHop } from './copy-hops'
import { serverIdFrom, withServer } from './edit-servers'
import type { ChosenImport } from './import-dialog'
import { draftFromImport } from './import-draft'
import { ImportField } from './import-field'
import { PasteField } from './paste-field'
import type { Problems } from './plain-problems'
import type { Pasted } from './read-pasted'
import { keepOf, nothingTyped, type TypedSecret } from './secret-field'
import { draftOf, emptyHop, emptyServerDraft, type HopDraft, type ServerDraft, serverOfDraft } from './server-draft'
import { ServerForm } from './server-form'
import { secretRefOf } from './server-panel'

/** A new server is mostly reached as its neighbours are. */
const likeNeighbours = (neighbours: ServerEntry[], kind: ServerEntry['kind']): HopDraft[] => {
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

const noHosts: readonly SshConfigHost[] = []

/** The form of a server that is not in the move yet; it can be added while it does not answer. */
export function NewServerPanel({ side, kind, onClose, onAdded }: NewServerPanelProps) {
  const { move } = useMove()
  const keychain = useKeychain()
  const [draft, setDraft] = useState(() => emptyServerDraft(kind, likeNeighbours(move[side].servers, kind)))
  const [secrets, setSecrets] = useState<Record<string, TypedSecret>>({})
  const [imported, setImported] = useState<ChosenImport | null>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const known = useSshConfigHosts()
  const hosts = known.kind === 'known' ? known.hosts : noHosts
  const someHosts = hosts.length > 0
  useEffect(() => {
    // Who has an ssh config picks from it; who began to type is left alone.
    if (someHosts) setDraft((now) => (untouched(now) ? { ...now, hops: [configHop('')] } : now))
  }, [someHosts])
  const parsed = serverOfDraft({ ...draft, id: serverIdFrom(draft.name, move) })
  const put = (key: string, typed: TypedSecret) => setSecrets((known) => ({ ...known, [key]: typed }))
  const fillFrom = (chosen: ChosenImport) => {
    setImported(chosen)
    setDraft((known) => draftFromImport(known, chosen.entry, chosen.user))
  }
  const add = async () => {
    setTried(true)
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
        </div>
      }
      foot={
        <>
          <Button variant="primary" size="md" keys={['Ctrl', 'S']} busy={busy && 'Saving'} onPress={() => void add()}>
            Add and check
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
          <span className="end s11 t3">
            {tried && !parsed.ok ? 'some fields need a look' : 'can be added while failing'}
          </span>
        </>
      }
    >
      <Section>
        <ImportField imported={imported} onImported={fillFrom} onLeave={() => setImported(null)} />
        <PasteField
          aliases={hosts.map((host) => host.alias)}
          onPasted={(pasted) => {
            setDraft((now) => taken(now, pasted, hosts))
            if (pasted.password) put('database', { ...nothingTyped, value: pasted.password })
          }}
        />
      </Section>
      <ServerForm
        draft={draft}
        problems={shownProblems(parsed.ok ? {} : parsed.problems, tried)}
        onChange={setDraft}
        serverId={null}
        secrets={secrets}
        onSecret={put}
        savedPlace={() => null}
        autoFocus
      />
    </SidePanel>
  )
}

/** What a `NewServerPanel` is told. */
export type NewServerPanelProps = {
  side: SiteSide
  kind: ServerEntry['kind']
  onClose: () => void
  onAdded: (serverId: string) => void
}
