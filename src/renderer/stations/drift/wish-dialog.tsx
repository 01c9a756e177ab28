import { useState } from 'react'
import type { DriftWish } from '../../../shared/drift-wish'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Dialog } from '../../parts/dialog'
import { Field } from '../../parts/field'
import { Segmented, type SegmentedProps } from '../../parts/segmented'
import { TextArea } from '../../parts/text-area'
import { TextInput } from '../../parts/text-input'
import { startDrift } from '../../state/drift'
import { CertifyPlan } from './certify-plan'
import { columnsIn, tableError, tablesIn } from './wish-lines'

type Certify = 'no' | 'snapshots' | 'brief-lock'
type Hash = 'crc' | 'sha'
type Pace = 'auto' | 'gentle' | 'full'

const paceHints: Record<Pace, string> = {
  auto: 'As fast as both servers have time: with rests while they serve others, longer ones where they are strained, waiting while the replica is far behind.',
  gentle:
    'At work for about four minutes of every hour, one small piece after the other; waiting while the replica is far behind.',
  full: 'Several lanes, whatever else the servers do. For a quiet hour.'
}

const hashHints: Record<Hash, string> = {
  crc: 'A product of two CRC32: nothing that breaks by accident escapes it.',
  sha: 'About three times the work: not even rows made to look alike escape it.'
}

/** How a comparison is to be done: certified or not, which tables, how fast. */
export function WishDialog({ onClose }: { onClose: () => void }) {
  const [certify, setCertify] = useState<Certify>('no')
  const [hash, setHash] = useState<Hash>('crc')
  const [pace, setPace] = useState<Pace>('auto')
  const [only, setOnly] = useState('')
  const [without, setWithout] = useState('')
  const [columns, setColumns] = useState('')
  const [fresh, setFresh] = useState(false)
  const named = { only: tablesIn(only), without: tablesIn(without), columns: columnsIn(columns) }
  const wrong = {
    only: tableError(named.only),
    without: tableError(named.without),
    columns: 'error' in named.columns ? named.columns.error : undefined
  }
  const anyWrong = wrong.only ?? wrong.without ?? wrong.columns
  const start = () => {
    if (anyWrong || 'error' in named.columns) return
    onClose()
    void startDrift(wishOf({ certify, hash, pace, fresh, ...named, columns: named.columns.columns }))
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Compare with choices"
      foot={
        <>
          <Button variant="primary" size="md" icon="play" disabled={anyWrong} onPress={start}>
            {certify === 'no' ? 'Compare' : 'Compare and certify'}
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Choice
        label="Certify"
        hint={certifyHints[certify]}
        value={certify}
        onChange={setCertify}
        segments={[
          { id: 'no', label: 'No' },
          { id: 'snapshots', label: 'At one position' },
          { id: 'brief-lock', label: 'With a brief lock' }
        ]}
      />
      {certify !== 'no' && <CertifyPlan lock={certify === 'brief-lock'} />}
      <Choice
        label="Pace"
        hint={paceHints[pace]}
        value={pace}
        onChange={setPace}
        segments={[
          { id: 'auto', label: 'As there is time' },
          { id: 'gentle', label: 'Gentle' },
          { id: 'full', label: 'Full' }
        ]}
      />
      <Choice
        label="Row hash"
        hint={hashHints[hash]}
        value={hash}
        onChange={setHash}
        segments={[
          { id: 'crc', label: 'Quick' },
          { id: 'sha', label: 'SHA-256' }
        ]}
      />
      <Field label="Only these tables" error={wrong.only} hint="Empty: all. What is not compared opens no gate.">
        <TextInput mono value={only} onChange={setOnly} placeholder="shop.orders, archive.*" />
      </Field>
      <Field label="Without" error={wrong.without}>
        <TextInput mono value={without} onChange={setWithout} placeholder="shop.sessions" />
      </Field>
      <Field label="Without columns" error={wrong.columns} hint="With the reason, which stands beside the verdict.">
        <TextArea
          mono
          rows={2}
          value={columns}
          onChange={setColumns}
          placeholder="shop.customers.last_seen: written by each site for itself"
        />
      </Field>
      <Checkbox
        checked={fresh}
        onChange={setFresh}
        hint="Otherwise a comparison that was stopped goes on where it was."
      >
        Begin anew
      </Checkbox>
    </Dialog>
  )
}

const certifyHints: Record<Certify, string> = {
  no: 'Rows that are on the way are looked at again until they are settled. Only reads.',
  snapshots:
    'Both sides are read as they were after one and the same transaction. The replica stands still for a moment.',
  'brief-lock': 'The same on a server that is never quiet: the active side is locked for some milliseconds.'
}

/** One question of the dialog: its choices, and what the chosen one means. */
function Choice<Id extends string>({ hint, ...choices }: { hint: string } & SegmentedProps<Id>) {
  return (
    <Field label={choices.label} hint={hint}>
      <Segmented {...choices} />
    </Field>
  )
}

/** Only what was chosen is said; the rest is as it always is. */
const wishOf = (chosen: Chosen): DriftWish => ({
  ...(chosen.certify === 'no' ? {} : { certify: chosen.certify === 'brief-lock' ? 'brief-lock' : true }),
  ...(chosen.hash === 'sha' ? { strong: true } : {}),
  ...(chosen.pace === 'auto' ? {} : { pace: chosen.pace }),
  ...(chosen.only.length ? { only: chosen.only } : {}),
  ...(chosen.without.length ? { without: chosen.without } : {}),
  ...(Object.keys(chosen.columns).length ? { withoutColumns: chosen.columns } : {}),
  ...(chosen.fresh ? { fresh: true } : {})
})

type Chosen = {
  certify: Certify
  hash: Hash
  pace: Pace
  only: string[]
  without: string[]
  columns: Record<string, string>
  fresh: boolean
}
