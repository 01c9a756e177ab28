import { useState } from 'react'
import { dnsSecret } from '../../../shared/secret'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { EmptyState } from '../../parts/empty-state'
import { formatDuration } from '../../parts/format'
import { Table } from '../../parts/table'
import { useEpoch } from '../../state/documents'
import { useMove } from '../../state/open-move'
import { notify } from '../../state/shell'
import { editMove, keepSecret } from '../../state/sites'
import { DomainPanel } from './domain-panel'
import type { TypedSecret } from './secret-field'

const updates = { manual: 'by hand', rfc2136: 'RFC 2136' } as const

/** The names of the shop whose DNS changes at the cutover. */
export function DomainsTab() {
  const { move } = useMove()
  const epoch = useEpoch()
  const [shown, setShown] = useState<string | 'new' | null>(null)
  const domain = move.domains.find((one) => one.name === shown)
  const add = () => setShown('new')
  const remove = async (name: string) => {
    const before = move.domains
    setShown(null)
    if (!(await editMove((now) => ({ ...now, domains: now.domains.filter((one) => one.name !== name) })))) return
    notify({
      tone: 'ok',
      text: `${name} removed from the move`,
      detail: 'Its DNS was not changed.',
      action: { label: 'Undo', run: () => void editMove((now) => ({ ...now, domains: before })) }
    })
  }
  return (
    <Body>
      <section className="col grow scroll" aria-label="Domains">
        {move.domains.length === 0 ? (
          <EmptyState
            icon="globe"
            title="No domain yet"
            actions={
              <Button variant="primary" icon="plus" onPress={add}>
                Add domain
              </Button>
            }
          >
            Visitors find the shop by name. Siteswap audits the TTL before, changes the record (by RFC 2136, or it tells
            you what to change), and watches resolvers until all answer with the new site.
          </EmptyState>
        ) : (
          <>
            <div className="tscroll on-bg">
              <Table
                label="Domains"
                rows={move.domains}
                rowKey={(one) => one.name}
                selected={shown ?? undefined}
                onSelect={setShown}
                columns={[
                  { id: 'name', head: 'Name', cell: (one) => one.name, mono: true, fill: true },
                  { id: 'type', head: 'Type', cell: (one) => one.type },
                  {
                    id: 'old',
                    head: move.old.name,
                    cell: (one) => <span title={one.oldValues.join(', ')}>{few(one.oldValues)}</span>,
                    mono: true
                  },
                  {
                    id: 'new',
                    head: move.new.name,
                    cell: (one) => <span title={one.newValues.join(', ')}>{few(one.newValues)}</span>,
                    mono: true
                  },
                  { id: 'ttl', head: 'TTL', right: true, cell: (one) => formatDuration(one.ttlSeconds * 1000) },
                  { id: 'update', head: 'Changed', cell: (one) => updates[one.update.kind] }
                ]}
              />
            </div>
            <div className="pad">
              <Button icon="plus" onPress={add}>
                Add domain
              </Button>
            </div>
          </>
        )}
      </section>
      {(domain || shown === 'new') && (
        <DomainPanel
          key={`${shown ?? ''} ${epoch}`}
          domain={domain ?? null}
          onClose={() => setShown(null)}
          onRemove={(name) => void remove(name)}
          onAdd={async (made, secret: TypedSecret, keep) => {
            if (move.domains.some((one) => one.name === made.name)) return
            if (secret.value) await keepSecret(dnsSecret(made.name), secret.value, keep)
            if (await editMove((now) => ({ ...now, domains: [...now.domains, made] }))) setShown(made.name)
          }}
        />
      )}
    </Body>
  )
}

const few = (values: readonly string[]): string =>
  values.length > 1 ? `${values[0]} +${values.length - 1}` : (values[0] ?? '')
