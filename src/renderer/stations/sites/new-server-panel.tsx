import { useState } from 'react'
import type { ServerEntry, SiteSide } from '../../../shared/move'
import { Button } from '../../parts/button'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { useMove } from '../../state/open-move'
import { useKeychain } from '../../state/shell'
import { editMove, keepSecret, runDoctor } from '../../state/sites'
import { serverIdFrom, withServer } from './edit-servers'
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
  return [...hops.slice(0, -1), emptyHop({ ...last, host: '', port: kind === like.kind ? (last?.port ?? 22) : 22 })]
}

const taken = (draft: ServerDraft, pasted: Pasted): ServerDraft => ({
  ...draft,
  name: draft.name || (pasted.name ?? ''),
  hops: pasted.hops ?? draft.hops,
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

/** The form of a server that is not in the move yet; it can be added while it does not answer. */
export function NewServerPanel({ side, kind, onClose, onAdded }: NewServerPanelProps) {
  const { move } = useMove()
  const keychain = useKeychain()
  const [draft, setDraft] = useState(() => emptyServerDraft(kind, likeNeighbours(move[side].servers, kind)))
  const [secrets, setSecrets] = useState<Record<string, TypedSecret>>({})
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const parsed = serverOfDraft({ ...draft, id: serverIdFrom(draft.name, move) })
  const put = (key: string, typed: TypedSecret) => setSecrets((known) => ({ ...known, [key]: typed }))
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
        <PasteField
          onPasted={(pasted) => {
            setDraft((known) => taken(known, pasted))
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
