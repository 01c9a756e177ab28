import { useState } from 'react'
import type { Difference, TopologyDiff } from '../../../shared/topology-diff'
import { Button } from '../../parts/button'
import { CopyButton } from '../../parts/copy-button'
import { Icon } from '../../parts/icon'
import { Segmented } from '../../parts/segmented'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import { TextArea } from '../../parts/text-area'
import { TextDiff } from '../../parts/text-diff'
import { acceptDifference, takeBackAcceptance } from '../../state/topology-diff'
import { differenceTitle, shortValue, sidesOf, signIcons, toneOf } from './diff-words'

/** One difference: a line, and both sides of it when it is opened. */
export function DiffEntry({ diff, difference, open, onOpen }: DiffEntryProps) {
  return (
    <>
      <button
        type="button"
        className={open ? 'change on' : 'change'}
        aria-expanded={open}
        aria-label={spoken(difference)}
        onClick={onOpen}
      >
        <Icon name={signIcons[difference.sign]} size={12} tone={toneOf(difference)} />
        <span className="t2">{difference.sign}</span>
        <span className="m el" title={differenceTitle(difference)}>
          {differenceTitle(difference)}
        </span>
        <span className="t2 el" title={difference.server ?? undefined}>
          {difference.accepted ? <StatusIcon status="waived" size={12} label="accepted" /> : null}{' '}
          {difference.server ?? ''}
        </span>
        {!open && !difference.isText && (
          <span className="vals m11 el">
            {difference.sign === 'reversed' ? (
              <ServerText cap={180}>{`was ${shortValue(difference.old)}`}</ServerText>
            ) : (
              <>
                <ServerText cap={90}>{shortValue(difference.old)}</ServerText> →{' '}
                <ServerText cap={90}>{shortValue(difference.new)}</ServerText>
              </>
            )}
          </span>
        )}
      </button>
      {open && <Opened key={difference.id} diff={diff} difference={difference} />}
    </>
  )
}

const spoken = (one: Difference): string =>
  [`${one.sign} ${differenceTitle(one)}`, one.server, one.accepted ? 'accepted' : null].filter(Boolean).join(', ')

function Opened({ diff, difference }: { diff: TopologyDiff; difference: Difference }) {
  const [split, setSplit] = useState(false)
  const [before, after] = sidesOf(diff)
  return (
    <div className="change-open">
      {difference.isText ? (
        <>
          <div className="row">
            <Segmented
              label="How the texts are shown"
              value={split ? 'split' : 'unified'}
              onChange={(how) => setSplit(how === 'split')}
              segments={[
                { id: 'unified', label: 'Unified' },
                { id: 'split', label: 'Side by side' }
              ]}
            />
            <span className="end">
              <CopyButton text={difference.new ?? difference.old ?? ''}>Copy</CopyButton>
            </span>
          </div>
          <TextDiff
            before={difference.old ?? ''}
            after={difference.new ?? ''}
            head={[before, after]}
            split={split}
            label={`Difference of ${differenceTitle(difference)}`}
          />
        </>
      ) : (
        <dl className="sides">
          <dt className="el">{before}</dt>
          <dd className={difference.old === null ? 't3' : 'm'}>
            <ServerText cap={2000}>{difference.old ?? 'nothing'}</ServerText>
          </dd>
          <dt className="el">{after}</dt>
          <dd className={difference.new === null ? 't3' : 'm'}>
            <ServerText cap={2000}>{difference.new ?? 'nothing'}</ServerText>
          </dd>
        </dl>
      )}
      <p>
        <b>Consequence.</b> <span className="t2">{difference.why}</span>
      </p>
      <Acceptance diff={diff} difference={difference} />
    </div>
  )
}

function Acceptance({ diff, difference }: { diff: TopologyDiff; difference: Difference }) {
  const [reason, setReason] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (difference.accepted)
    return (
      <div className="row">
        <span className="t2">
          Accepted by {difference.accepted.by}: <ServerText cap={400}>{difference.accepted.reason}</ServerText>
        </span>
        <span className="end">
          <Button size="sm" variant="ghost" onPress={() => void takeBackAcceptance(diff.lens, difference.id)}>
            Take back
          </Button>
        </span>
      </div>
    )
  if (difference.consequence === 'expected') return null
  if (reason === null)
    return (
      <div>
        <Button size="sm" onPress={() => setReason('')}>
          Accept as expected…
        </Button>
      </div>
    )
  const accept = async () => {
    setBusy(true)
    await acceptDifference(diff.lens, difference.id, reason.trim())
    setBusy(false)
  }
  return (
    <div className="accept">
      <TextArea
        value={reason}
        onChange={setReason}
        label="Why this difference is expected"
        placeholder="Why is it expected? It stands in the report."
        rows={2}
        autoFocus
      />
      <div className="row">
        <Button
          size="sm"
          variant="primary"
          busy={busy && 'Keeping'}
          disabled={reason.trim().length < 3 && 'Give a reason'}
          onPress={() => void accept()}
        >
          Accept
        </Button>
        <Button size="sm" variant="ghost" onPress={() => setReason(null)}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

/** What a `DiffEntry` is told. */
export type DiffEntryProps = { diff: TopologyDiff; difference: Difference; open: boolean; onOpen: () => void }
