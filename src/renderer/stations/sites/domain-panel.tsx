import { useState } from 'react'
import type { Domain } from '../../../shared/move'
import { dnsSecret, type KeepSecret } from '../../../shared/secret'
import { Button } from '../../parts/button'
import { Section } from '../../parts/section'
import { SidePanel } from '../../parts/side-panel'
import { useMove } from '../../state/open-move'
import { useKeychain } from '../../state/shell'
import { editMove } from '../../state/sites'
import { type DomainDraft, domainOfDraft, draftOfDomain, emptyDomainDraft } from './domain-draft'
import { DomainFields } from './domain-fields'
import { keepOf, nothingTyped, SecretField, type TypedSecret } from './secret-field'
import { useAutosave } from './use-autosave'

/** One domain: a new one is added by its button, a saved one is saved as it is typed. */
export function DomainPanel({ domain, onClose, onRemove, onAdd }: DomainPanelProps) {
  const { move } = useMove()
  const keychain = useKeychain()
  const [draft, setDraft] = useState<DomainDraft>(() => (domain ? draftOfDomain(domain) : emptyDomainDraft))
  const [secret, setSecret] = useState<TypedSecret>(nothingTyped)
  const [tried, setTried] = useState(false)
  const parsed = domainOfDraft(draft)
  const twice = !domain && move.domains.some((one) => one.name === draft.name.trim())
  const problems = parsed.ok ? {} : parsed.problems
  const shown =
    domain || tried
      ? problems
      : Object.fromEntries(Object.entries(problems).filter(([, words]) => !words.startsWith('Fill')))
  useAutosave(domain && parsed.ok ? parsed.domain : null, domain ?? undefined, (saved) => {
    void editMove((now) => ({ ...now, domains: now.domains.map((one) => (one.name === domain?.name ? saved : one)) }))
  })
  const add = () => {
    setTried(true)
    if (parsed.ok && !twice) onAdd(parsed.domain, secret, keepOf(secret, keychain))
  }
  return (
    <SidePanel
      label={domain?.name ?? 'Add domain'}
      width={416}
      onClose={onClose}
      dense
      head={<h2 className={domain ? 'm el' : 'el'}>{domain?.name ?? 'Add domain'}</h2>}
      foot={
        domain ? (
          <>
            <span className="s11 t3 grow">
              {parsed.ok ? 'Saved as you type.' : 'Not saved: some fields need a look.'}
            </span>
            <Button variant="danger" icon="trash" onPress={() => onRemove(domain.name)}>
              Remove from the move
            </Button>
          </>
        ) : (
          <>
            <Button variant="primary" size="md" onPress={add}>
              Add domain
            </Button>
            <Button size="md" onPress={onClose}>
              Cancel
            </Button>
          </>
        )
      }
    >
      <DomainFields
        draft={draft}
        problems={twice ? { ...shown, name: 'This domain is in the move already.' } : shown}
        onChange={setDraft}
        saved={domain !== null}
      />
      {draft.update.kind === 'rfc2136' && draft.update.keyName.trim() !== '' && (
        <Section>
          <SecretField
            label="TSIG secret"
            secretRef={domain ? dnsSecret(domain.name) : null}
            typed={secret}
            onTyped={setSecret}
          />
        </Section>
      )}
    </SidePanel>
  )
}

/** What a `DomainPanel` is told; `domain` null is a new one. */
export type DomainPanelProps = {
  domain: Domain | null
  onClose: () => void
  onRemove: (name: string) => void
  onAdd: (domain: Domain, secret: TypedSecret, keep: KeepSecret) => void
}
