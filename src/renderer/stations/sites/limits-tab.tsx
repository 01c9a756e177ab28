import { useState } from 'react'
import { type Move, moveSchema, serversOf, type Thresholds } from '../../../shared/move'
import { Checkbox } from '../../parts/checkbox'
import { Column } from '../../parts/column'
import { Field } from '../../parts/field'
import { NumberInput } from '../../parts/number-input'
import { Section } from '../../parts/section'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { splitList } from './server-draft'
import { useAutosave } from './use-autosave'

interface Limit {
  key: keyof Thresholds
  label: string
  unit: string
  min: number
  max: number
  /** Shown value = kept value × scale. */
  scale: number
  step?: number
  hint: string
}

const limits: { title: string; rows: Limit[] }[] = [
  {
    title: 'The write pause',
    rows: [
      {
        key: 'pauseBudgetMs',
        label: 'Budget',
        unit: 's',
        min: 0.5,
        max: 600,
        scale: 0.001,
        step: 0.5,
        hint: 'Writes never wait longer than this.'
      },
      {
        key: 'letGoAt',
        label: 'Let go at',
        unit: '% of it',
        min: 10,
        max: 100,
        scale: 100,
        step: 5,
        hint: 'The hold ends by itself here, with everything as before.'
      },
      {
        key: 'leaseSeconds',
        label: 'Lease',
        unit: 's',
        min: 2,
        max: 30,
        scale: 1,
        hint: 'If this computer vanishes, the server lets go after this time.'
      }
    ]
  },
  {
    title: 'Before it may begin',
    rows: [
      {
        key: 'lagLimitSeconds',
        label: 'Lag below',
        unit: 's',
        min: 0.1,
        max: 600,
        scale: 1,
        step: 0.5,
        hint: 'Measured by heartbeat rows.'
      },
      {
        key: 'longTransactionSeconds',
        label: 'Transactions below',
        unit: 's',
        min: 1,
        max: 3600,
        scale: 1,
        hint: 'A longer one is named and stops the hold.'
      },
      {
        key: 'driftMaxAgeMinutes',
        label: 'Drift verdict',
        unit: 'min old',
        min: 1,
        max: 10_080,
        scale: 1,
        step: 5,
        hint: 'An older verdict does not open the gate.'
      },
      {
        key: 'readyMinutes',
        label: 'Ready holds',
        unit: 'min',
        min: 1,
        max: 240,
        scale: 1,
        hint: 'Time to type go once every gate is green.'
      }
    ]
  }
]

interface LimitsDraft {
  thresholds: Record<keyof Thresholds, number | null>
  perSecond: number | null
  hosts: string[]
  schemas: string
}

const limitsOf = (draft: LimitsDraft): Pick<Move, 'thresholds' | 'canary' | 'schemas'> | null => {
  const parsed = moveSchema.pick({ thresholds: true, canary: true, schemas: true }).safeParse({
    thresholds: draft.thresholds,
    canary: { perSecond: draft.perSecond, hosts: draft.hosts },
    schemas: splitList(draft.schemas)
  })
  return parsed.success ? parsed.data : null
}

/** Limits that gate the cutover, canary orders, and what belongs to the shop. */
export function LimitsTab() {
  const { move } = useMove()
  const [draft, setDraft] = useState<LimitsDraft>(() => ({
    thresholds: move.thresholds,
    perSecond: move.canary.perSecond,
    hosts: move.canary.hosts,
    schemas: move.schemas.join(', ')
  }))
  const parsed = limitsOf(draft)
  const { thresholds, canary, schemas } = move
  useAutosave(parsed, { thresholds, canary, schemas }, (saved) => void editMove((now) => ({ ...now, ...saved })))
  const put = (change: Partial<LimitsDraft>) => setDraft({ ...draft, ...change })
  const hosts = serversOf(move).filter(({ server }) => server.kind !== 'database' && server.ssh.length > 0)
  return (
    <Column label="Limits">
      <div className="sheet">
        {limits.map((group) => (
          <Section key={group.title} title={group.title} small={false}>
            <div className="flds wide-lab">
              {group.rows.map((limit) => {
                const value = draft.thresholds[limit.key]
                return (
                  <Field
                    key={limit.key}
                    label={limit.label}
                    hint={limit.hint}
                    error={value === null ? `A number from ${limit.min} to ${limit.max}.` : undefined}
                  >
                    <NumberInput
                      value={value === null ? null : Number((value * limit.scale).toFixed(4))}
                      onChange={(typed) =>
                        put({
                          thresholds: {
                            ...draft.thresholds,
                            [limit.key]: typed === null ? null : Number((typed / limit.scale).toFixed(4))
                          }
                        })
                      }
                      unit={limit.unit}
                      min={limit.min}
                      max={limit.max}
                      step={limit.step}
                      width={128}
                    />
                  </Field>
                )
              })}
            </div>
          </Section>
        ))}
        <Section title="Canary orders" sub="rows written through the shop’s own path, each counted" small={false}>
          <div className="flds wide-lab">
            <Field label="Rate" error={draft.perSecond === null ? 'A number from 1 to 100.' : undefined}>
              <NumberInput
                value={draft.perSecond}
                onChange={(perSecond) => put({ perSecond })}
                unit="/s"
                min={1}
                max={100}
                width={128}
              />
            </Field>
            <Field
              label="Sent from"
              hint={
                draft.hosts.length === 0
                  ? 'None chosen: the first two old web servers with a file redirect.'
                  : undefined
              }
            >
              <div className="col">
                {hosts.length === 0 && <span className="s12 t2">No web or other server in the move yet.</span>}
                {hosts.map(({ side, server }) => (
                  <Checkbox
                    key={server.id}
                    checked={draft.hosts.includes(server.id)}
                    disabled={!draft.hosts.includes(server.id) && draft.hosts.length >= 10}
                    onChange={(on) =>
                      put({ hosts: on ? [...draft.hosts, server.id] : draft.hosts.filter((id) => id !== server.id) })
                    }
                  >
                    <span className="m">{server.name}</span> <span className="t3">{move[side].name}</span>
                  </Checkbox>
                ))}
              </div>
            </Field>
          </div>
        </Section>
        <Section title="What belongs to the shop" small={false}>
          <div className="flds wide-lab">
            <Field label="Schemas" hint="Empty: all but the server’s own.">
              <TextInput value={draft.schemas} onChange={(schemas) => put({ schemas })} placeholder="all" mono />
            </Field>
          </div>
        </Section>
        <p className="s11 t3 sheet-foot">{parsed ? 'Saved as you type.' : 'Not saved: some fields need a look.'}</p>
      </div>
    </Column>
  )
}
