import type { Mark } from '../../../shared/mark'
import type { SiteSide } from '../../../shared/move'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import { Field } from '../../parts/field'
import { Section } from '../../parts/section'
import { Segmented } from '../../parts/segmented'
import { TextArea } from '../../parts/text-area'
import { DatabaseFields } from './database-fields'
import { TextField } from './form-field'
import { HopChain } from './hop-chain'
import { MarkFields } from './mark-fields'
import type { Problems } from './plain-problems'
import { RedirectFields } from './redirect-fields'
import type { TypedSecret } from './secret-field'
import type { ServerDraft } from './server-draft'
import { TrialAnswerLine } from './trial-answer'
import type { TrialAnswer } from './use-trial'

/** What a host of the ssh config says beyond the way to it, where nothing was typed yet. */
const withPicked = (draft: ServerDraft, picked: SshConfigHost): Partial<ServerDraft> => ({
  hops: draft.hops.map((hop, at) => (at === draft.hops.length - 1 ? { ...hop, host: picked.alias } : hop)),
  name: draft.name || picked.alias,
  addresses: draft.addresses || (picked.problem === null ? picked.host : '')
})

/** The fields of one server, the same for a new one and a saved one. */
export function ServerForm({
  draft,
  problems,
  onChange,
  serverId,
  secrets,
  onSecret,
  savedPlace,
  side,
  siteMark,
  answer = null,
  autoFocus
}: ServerFormProps) {
  const put = (change: Partial<ServerDraft>) => onChange({ ...draft, ...change })
  return (
    <>
      <Section>
        <div className="flds">
          <TextField
            label="Name"
            path="name"
            problems={problems}
            value={draft.name}
            onChange={(name) => put({ name })}
            placeholder="fra-db1"
            mono
            autoFocus={autoFocus}
          />
          <Field label="Kind">
            <Segmented
              label="Kind"
              value={draft.kind}
              onChange={(kind) => put({ kind })}
              segments={[
                { id: 'database', label: 'Database', icon: 'database' },
                { id: 'web', label: 'Web', icon: 'web' },
                { id: 'other', label: 'Other', icon: 'worker' }
              ]}
            />
          </Field>
          <HopChain
            serverId={serverId}
            hops={draft.hops}
            problems={problems}
            onChange={(hops) => put({ hops })}
            secrets={secrets}
            onSecret={onSecret}
            savedPlace={savedPlace}
            transport={draft.transport}
            onTransport={(transport) => put({ transport })}
            onPicked={(host) => put(withPicked(draft, host))}
          />
          {draft.hops.length > 0 && (
            <Field
              label="Connect with"
              hint={
                draft.transport === 'system'
                  ? 'For FIDO keys, certificates, Kerberos and ProxyCommand. It asks nothing: no passwords, no new host keys.'
                  : undefined
              }
            >
              <Segmented
                label="Whose SSH connects"
                value={draft.transport}
                onChange={(transport) => put({ transport })}
                segments={[
                  { id: 'own', label: 'Siteswap' },
                  { id: 'system', label: 'The system’s ssh' }
                ]}
              />
            </Field>
          )}
        </div>
        <TrialAnswerLine answer={answer} part="host" serverId={draft.id} />
      </Section>
      {draft.kind === 'database' && (
        <Section title="Database">
          <DatabaseFields
            serverId={serverId}
            draft={draft}
            problems={problems}
            onChange={onChange}
            secrets={secrets}
            onSecret={onSecret}
          />
          <TrialAnswerLine answer={answer} part="database" serverId={draft.id} />
        </Section>
      )}
      {draft.kind !== 'database' && (
        <Section title="At the cutover">
          <RedirectFields side={side} draft={draft} problems={problems} onChange={onChange} />
        </Section>
      )}
      <Section title="Care">
        <MarkFields draft={draft} siteMark={siteMark} problems={problems} onChange={onChange} />
      </Section>
      <Section title="Known by">
        <div className="flds">
          <TextField
            label="Addresses"
            path={Object.keys(problems).find((path) => path.startsWith('addresses')) ?? 'addresses'}
            problems={problems}
            value={draft.addresses}
            onChange={(addresses) => put({ addresses })}
            placeholder="10.40.0.21"
            hint={
              draft.kind === 'database'
                ? 'Its own addresses, as other hosts see them. Several with commas.'
                : 'As its connections appear in the database’s process list: so they are counted.'
            }
            mono
          />
          <Field label="Note" error={problems.note}>
            <TextArea value={draft.note} onChange={(note) => put({ note })} rows={2} placeholder="for people only" />
          </Field>
        </div>
      </Section>
    </>
  )
}

/** What a `ServerForm` is told; `serverId` null means it is not saved yet. */
export type ServerFormProps = {
  draft: ServerDraft
  problems: Problems
  onChange: (draft: ServerDraft) => void
  serverId: string | null
  secrets: Record<string, TypedSecret>
  onSecret: (key: string, typed: TypedSecret) => void
  savedPlace: (hopKey: string) => number | null
  side: SiteSide
  siteMark: Mark | undefined
  /** What a test of these fields found. */
  answer?: TrialAnswer | null
  autoFocus?: boolean
}
