import type { LinkTry } from '../../../shared/link-errors/link-error'
import { explainLinkError } from '../../../shared/link-errors/link-errors'
import type { TopologyLink } from '../../../shared/topology'
import { Button } from '../../parts/button'
import { ErrorPanel } from '../../parts/error-panel'
import { SqlBlock } from '../../parts/sql-block'
import { tryPlaces } from '../../state/link-try'
import { useMove } from '../../state/open-move'
import { serverName } from '../runbook/names'

/** What the error of a link says, and what to try; nothing while it has none. */
export function LinkErrorWords({ link }: { link: TopologyLink }) {
  const { move } = useMove()
  const { applierError, receiverError, words } = link.status
  const error = applierError ?? receiverError
  if (!error) return null
  const { happened, tries, notOffered } = explainLinkError(error.code, {
    source: serverName(move, link.source),
    replica: serverName(move, link.replica),
    text: error.text,
    words,
    part: applierError ? 'applier' : 'receiver',
    crossesSites: link.crossesSites
  })
  const part = applierError ? 'Applier' : 'Receiver'
  return (
    <ErrorPanel
      title={`${part} stopped: error ${error.code}`}
      serverWords={error.text.slice(0, 2000) || undefined}
      happened={happened}
      tries={tries.map((one) => tryOf(one, link.replica))}
      notOffered={notOffered}
    />
  )
}

const tryOf = (one: LinkTry, replica: string) => {
  const go = one.go && tryPlaces[one.go]
  return {
    title: one.title,
    why: one.why,
    action: go && (
      <Button size="sm" onPress={() => go.run(replica)}>
        {go.label}
      </Button>
    ),
    detail: one.statements && (
      <SqlBlock wraps head={<>by hand on {one.server}</>} sql={one.statements.map((line) => `${line};`).join('\n')} />
    )
  }
}
