import type { CanaryLedger } from '../../../shared/canary'
import type { Run } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { durationParts, formatCount, formatDuration, formatLag, formatLimit, UNKNOWN } from '../../parts/format'
import { Stat } from '../../parts/stat'
import { StatRow } from '../../parts/stat-row'
import { useMove } from '../../state/open-move'
import { rehearsalsOf } from './cutover-phase'
import { type End, endName } from './ends'

interface Books {
  sent: number
  acknowledged: number
  found: { old: number; new: number; missing: number; doubled: number } | null
}

/** The measured pause, the canary orders, who takes writes, and the way back. */
export function PromotedStats({ run, from, to, ledger, finished = false }: Props) {
  const { move, runs, topology, canary } = useMove()
  const { holdMs, canaryGapMs } = run.pause
  const pause = durationParts(holdMs)
  const gap = durationParts(canaryGapMs)
  const rehearsed = rehearsalsOf(runs).findLast((known) => known.startedAt < run.startedAt)?.pause.holdMs ?? null
  const lost = run.takenUpAt ? 'the app ended in between' : null
  const writable = topology?.writable ?? null
  const back = topology?.links.find((known) => known.source === to.server?.id && known.replica === from.server?.id)
  const isOpen = back?.state === 'running' || back?.state === 'lagging'
  const books: Books | null = ledger
    ? { ...ledger.total, found: { ...ledger.total, old: ledger.total.foundOld, new: ledger.total.foundNew } }
    : canary.sent > 0
      ? canary
      : null
  const wrong = books?.found ? books.found.missing + books.found.doubled : 0
  return (
    <StatRow>
      <Stat
        label="Measured write pause"
        value={holdMs === null ? UNKNOWN : pause.value}
        unit={pause.unit}
        under={
          holdMs === null && lost
            ? lost
            : `budget ${formatLimit(move.thresholds.pauseBudgetMs)}${rehearsed === null ? '' : `, rehearsed ${formatDuration(rehearsed)}`}`
        }
      />
      <Stat
        label="Silence of canary orders"
        value={canaryGapMs === null ? UNKNOWN : gap.value}
        unit={gap.unit}
        under={
          canaryGapMs === null
            ? (lost ?? (books?.sent ? 'no canary order came back' : 'no canary order travelled'))
            : 'through the shop’s path'
        }
      />
      <Stat
        label="Acknowledged orders"
        value={books ? formatCount(books.acknowledged) : UNKNOWN}
        tone={wrong > 0 ? 'dan' : books?.acknowledged === 0 ? 'att' : undefined}
        status={wrong > 0 ? 'danger' : undefined}
        under={books || !lost ? ledgerWords(books) : lost}
      />
      <Stat
        label="Writable servers"
        value={writable ? writable.length : UNKNOWN}
        tone={writable && writable.length !== 1 ? 'dan' : undefined}
        status={writable && writable.length !== 1 ? 'danger' : undefined}
        under={
          topology ? (
            <>
              {writable?.map((id) => nameOf(move, id)).join(', ') || 'none'}, <Age at={topology.at} ago />
            </>
          ) : (
            'not asked yet'
          )
        }
      />
      <Stat
        label="Way back"
        value={finished ? 'closed' : isOpen ? 'open' : back ? 'shut' : UNKNOWN}
        tone={!finished && back && !isOpen ? 'att' : undefined}
        under={
          finished
            ? 'the links were removed'
            : back
              ? `${endName(to)} → ${endName(from)}, ${back.state === 'running' ? `lag ${formatLag(back.lagSeconds)}` : back.state}`
              : 'no link back is seen'
        }
      />
    </StatRow>
  )
}

interface Props {
  run: Run
  from: End
  to: End
  ledger: CanaryLedger | null
  /** The links are gone: there is no way back any more. */
  finished?: boolean
}

const nameOf = (move: ReturnType<typeof useMove>['move'], id: string): string =>
  [...move.old.servers, ...move.new.servers].find((server) => server.id === id)?.name ?? id

/** `28 412 sent, found on both`: what the books say. */
export const ledgerWords = (books: Books | null): string => {
  if (!books) return 'none were sent'
  const { found } = books
  if (!found) return `of ${formatCount(books.sent)} sent, not counted yet`
  if (found.missing || found.doubled)
    return `${formatCount(found.missing)} missing, ${formatCount(found.doubled)} doubled`
  if (books.acknowledged === 0) return `of ${formatCount(books.sent)} sent: they prove nothing`
  return books.sent === books.acknowledged
    ? 'all found once on both'
    : `of ${formatCount(books.sent)} sent, found once on both`
}
