import type { OpenMove } from '../../../shared/contract'
import type { PreflightResult } from '../../../shared/finding'
import { databasePair } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { CopyButton } from '../../parts/copy-button'
import { formatDuration } from '../../parts/format'
import { StationHead } from '../../parts/station-head'
import { serverName } from '../runbook/names'
import { remediesText } from './finding-groups'

/** Answers older than this are shown as stale; what matters at the cutover is asked again there. */
export const staleAfterMs = 60 * 60_000

/** The head of Preflight: how many checks, when they were asked, and asking again. */
export function PreflightHead({ open, result, running, onAsk }: PreflightHeadProps) {
  const pair = databasePair(open.move)
  const remedies = result ? remediesText(result.findings, (server) => serverName(open.move, server)) : ''
  return (
    <StationHead
      title="Preflight"
      sub={
        result
          ? `${result.checks.length} checks on ${pair ? `${pair.old.name} and ${pair.new.name}` : 'two servers'}`
          : 'asking for the first time'
      }
      actions={
        <>
          {result && (
            <span className="s12 t2 nw">
              asked <Age at={result.at} ago staleAfterMs={staleAfterMs} />
              <span className="hide-narrow">, took {formatDuration(result.tookMs)}</span>
            </span>
          )}
          <Button icon="refresh" keys={['R']} busy={running && 'Asking'} onPress={onAsk}>
            {result ? 'Check again' : 'Ask'}
          </Button>
          {remedies && (
            <CopyButton variant="default" text={remedies}>
              Copy remedies
            </CopyButton>
          )}
        </>
      }
    />
  )
}

/** What a `PreflightHead` is told. */
export type PreflightHeadProps = { open: OpenMove; result: PreflightResult | null; running: boolean; onAsk: () => void }
