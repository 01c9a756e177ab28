import { Field } from '../../parts/field'
import { HalfDisc } from '../../parts/half-disc'
import { NumberInput } from '../../parts/number-input'
import { Section } from '../../parts/section'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { TextArea } from '../../parts/text-area'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import type { DomainDraft } from './domain-draft'
import { EndpointField, TextField } from './form-field'
import type { Problems } from './plain-problems'

const types = ['A', 'AAAA', 'CNAME'] as const

/** Name, values on both sides, who is asked, and how the record is changed. */
export function DomainFields({ draft, problems, onChange, saved }: DomainFieldsProps) {
  const { move } = useMove()
  const put = (change: Partial<DomainDraft>) => onChange({ ...draft, ...change })
  const putUpdate = (change: Partial<DomainDraft['update']>) => put({ update: { ...draft.update, ...change } })
  const values = (side: 'old' | 'new', key: 'oldValues' | 'newValues') => (
    <Field label={move[side].name} error={problems[key]}>
      <TextInput
        value={draft[key]}
        onChange={(value) => put({ [key]: value })}
        icon={<HalfDisc side={side} size={12} label="" />}
        placeholder={draft.type === 'CNAME' ? 'www.host.example' : side === 'old' ? '198.51.100.20' : '203.0.113.40'}
        mono
      />
    </Field>
  )
  return (
    <>
      <Section>
        <div className="flds">
          {saved ? (
            <Field label="Name" hint="To change the name, add it anew: its secret is kept by name.">
              <TextInput value={draft.name} readOnly mono />
            </Field>
          ) : (
            <TextField
              label="Name"
              path="name"
              problems={problems}
              value={draft.name}
              onChange={(name) => put({ name })}
              placeholder="shop.example.com"
              mono
              autoFocus
            />
          )}
          <Field label="Type">
            <Segmented
              label="Type"
              value={draft.type}
              onChange={(type) => put({ type })}
              segments={types.map((id) => ({ id, label: id }))}
            />
          </Field>
          {values('old', 'oldValues')}
          {values('new', 'newValues')}
          <Field label="TTL" error={problems.ttlSeconds} hint="at the cutover; lower it a day before">
            <NumberInput
              value={draft.ttlSeconds}
              onChange={(ttlSeconds) => put({ ttlSeconds })}
              unit="s"
              min={0}
              max={604_800}
            />
          </Field>
        </div>
      </Section>
      <Section title="Who is asked">
        <div className="flds">
          <TextField
            label="Authoritative"
            path="authoritative"
            problems={problems}
            value={draft.authoritative}
            onChange={(authoritative) => put({ authoritative })}
            placeholder="ns1.example.com, ns2.example.com"
            mono
          />
          <Field label="Resolvers" error={problems.resolvers} hint="One a line: name and address.">
            <TextArea value={draft.resolvers} onChange={(resolvers) => put({ resolvers })} rows={4} mono />
          </Field>
        </div>
      </Section>
      <Section title="How it is changed">
        <div className="flds">
          <Field
            label="Update"
            hint={
              draft.update.kind === 'manual'
                ? 'The cutover waits, shows the record to set, and watches for it.'
                : 'Signed update to the primary server.'
            }
          >
            <Segmented
              label="Update"
              value={draft.update.kind}
              onChange={(kind) => putUpdate({ kind })}
              segments={[
                { id: 'manual', label: 'By hand' },
                { id: 'rfc2136', label: 'RFC 2136' }
              ]}
            />
          </Field>
          {draft.update.kind === 'rfc2136' && (
            <>
              <EndpointField
                label="Server"
                path="update"
                problems={{
                  'update.host': problems['update.server'] ?? '',
                  'update.port': problems['update.port'] ?? ''
                }}
                host={draft.update.server}
                port={draft.update.port}
                onChange={(server, port) => putUpdate({ server, port })}
              />
              <TextField
                label="Zone"
                path="update.zone"
                problems={problems}
                value={draft.update.zone}
                onChange={(zone) => putUpdate({ zone })}
                placeholder="example.com"
                mono
              />
              <Field label="TSIG key" hint="Leave the name empty when the server trusts the address.">
                <TextInput
                  value={draft.update.keyName}
                  onChange={(keyName) => putUpdate({ keyName })}
                  placeholder="siteswap-key"
                  mono
                />
                <Select
                  label="Algorithm"
                  value={draft.update.algorithm}
                  onChange={(algorithm) => putUpdate({ algorithm })}
                  options={[
                    { id: 'hmac-sha256', label: 'SHA-256' },
                    { id: 'hmac-sha512', label: 'SHA-512' }
                  ]}
                  width={104}
                />
              </Field>
            </>
          )}
        </div>
      </Section>
    </>
  )
}

/** What `DomainFields` are told; the name of a saved domain stays. */
export type DomainFieldsProps = {
  draft: DomainDraft
  problems: Problems
  onChange: (draft: DomainDraft) => void
  saved: boolean
}
