import { useState } from 'react'
import { markOf } from '../../../shared/look-only'
import { type ServerEntry, type SiteSide, serverOf } from '../../../shared/move'
import { clientKeySecret, databaseSecret, sshPassphraseSecret, sshPasswordSecret } from '../../../shared/secret'
import { Button } from '../../parts/button'
import { LookOnlyBadge, MarkBadge } from '../../parts/mark-badge'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { SiteChip } from '../../parts/site-chip'
import { useMove, useOpenMove } from '../../state/open-move'
import { notify, useKeychain } from '../../state/shell'
import { editMove, keepSecret } from '../../state/sites'
import { DoctorSection } from './doctor-section'
import { putBack, sameEndpoint, withoutServer, withServer } from './edit-servers'
import { otherClocks } from './other-clocks'
import { keepOf, nothingTyped, type TypedSecret } from './secret-field'
import { draftOf, serverOfDraft } from './server-draft'
import { ServerForm } from './server-form'
import { useAutosave } from './use-autosave'

const remove = async (server: ServerEntry) => {
  const { state } = useOpenMove.getState()
  if (state.kind !== 'open') return
  const before = state.open.move
  if (!(await editMove((move) => withoutServer(move, server.id)))) return
  notify({
    tone: 'ok',
    text: `${server.name} removed from the move`,
    detail: 'Nothing on it was changed.',
    action: { label: 'Undo', run: () => void editMove((move) => putBack(move, before, server.id)) }
  })
}

/** A saved server: what its doctor says, then its settings, saved as they become valid. */
export function ServerPanel({ server, side, open, onClose }: ServerPanelProps) {
  const { move, doctors } = useMove()
  const saveFailure = useOpenMove((store) => store.saveFailure)
  const [draft, setDraft] = useState(() => draftOf(server))
  const [secrets, setSecrets] = useState<Record<string, TypedSecret>>({})
  const parsed = serverOfDraft(draft)
  const problems = parsed.ok ? {} : parsed.problems
  const keychain = useKeychain()
  const [savedKeys, setSavedKeys] = useState(() => draft.hops.map((hop) => hop.key))
  /** Secrets are named by the place of their hop: those of a hop that was not saved yet wait for its place. */
  const save = async (saved: ServerEntry) => {
    const keys = draft.hops.map((hop) => hop.key)
    const waiting = Object.entries(secrets).filter(([key, typed]) => isOfNewHop(key, savedKeys) && typed.value !== '')
    // The server may have been removed while its last edit was on the way.
    if (!(await editMove((now) => (serverOf(now, saved.id) ? withServer(now, side, saved) : now)))) return
    setSavedKeys(keys)
    for (const [key, typed] of waiting) {
      const ref = secretRefOf(saved.id, key, keys)
      if (ref && (await keepSecret(ref, typed.value, keepOf(typed, keychain))))
        setSecrets((known) => ({ ...known, [key]: nothingTyped }))
    }
  }
  useAutosave(parsed.ok ? parsed.server : null, server, (saved) => void save(saved))
  const twin = sameEndpoint(move, server)
  const count = Object.keys(problems).length
  return (
    <SidePanel
      label={server.name}
      width={416}
      open={open}
      onClose={onClose}
      dense
      head={
        <div className="row">
          <h2 className="m el">{server.name}</h2>
          <SiteChip side={side}>{move[side].name}</SiteChip>
          <MarkBadge mark={markOf(move, server.id)} />
          {server.lookOnly && <LookOnlyBadge />}
        </div>
      }
      foot={
        <>
          <span className="s11 t3 grow">
            {saveFailure
              ? `Not saved: ${saveFailure.what}`
              : count > 0
                ? `Not saved: ${count === 1 ? 'one field needs' : `${count} fields need`} a look.`
                : 'Saved as you type.'}
          </span>
          <Button variant="danger" icon="trash" onPress={() => void remove(server)}>
            Remove from the move
          </Button>
        </>
      }
    >
      <DoctorSection
        server={server}
        side={side}
        doctor={doctors[server.id] ?? { kind: 'never' }}
        clocks={otherClocks(move, doctors, server.id)}
      />
      {twin && (
        <Section>
          <Note tone="att" title={`${twin.name} has the same address.`}>
            Two entries for one server: a move onto itself would lock the shop out. Preflight compares what the servers
            say of themselves.
          </Note>
        </Section>
      )}
      <ServerForm
        draft={draft}
        problems={problems}
        onChange={setDraft}
        serverId={server.id}
        secrets={secrets}
        onSecret={(key, typed) => setSecrets((known) => ({ ...known, [key]: typed }))}
        side={side}
        siteMark={move[side].mark}
        savedPlace={(key) => {
          const place = savedKeys.indexOf(key)
          return place < 0 ? null : place
        }}
      />
    </SidePanel>
  )
}

/** What a `ServerPanel` is told. */
export type ServerPanelProps = { server: ServerEntry; side: SiteSide; open: boolean; onClose: () => void }

const isOfNewHop = (key: string, savedKeys: readonly string[]): boolean =>
  key.includes('/') && !savedKeys.includes(key.split('/')[0] ?? '')

/** The name of a secret typed in a form, by the form's key: `database`, `client-key`, `<hop key>/password`, `<hop key>/passphrase`, with `/-<jump>` for a jump of the ssh config. */
export const secretRefOf = (serverId: string, key: string, hopKeys: readonly string[]): string | null => {
  if (key === 'database') return databaseSecret(serverId)
  if (key === 'client-key') return clientKeySecret(serverId)
  const [hopKey = '', what, suffix = ''] = key.split('/')
  const hop = hopKeys.indexOf(hopKey)
  if (hop < 0) return null
  const place = `${hop}${suffix}`
  return what === 'password' ? sshPasswordSecret(serverId, place) : sshPassphraseSecret(serverId, place)
}
