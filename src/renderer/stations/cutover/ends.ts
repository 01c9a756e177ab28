import { databasePair, type Move, type ServerEntry, type SiteSide } from '../../../shared/move'
import type { RunbookKind } from '../../../shared/runbook'

/** One end of a switch: a site and its database server. */
export interface End {
  side: SiteSide
  site: string
  server: ServerEntry | null
}

/** From which side writes move to which; a reverse goes the other way. */
export const endsOf = (move: Move, kind: RunbookKind): { from: End; to: End } => {
  const pair = databasePair(move)
  const old: End = { side: 'old', site: move.old.name, server: pair?.old ?? null }
  const fresh: End = { side: 'new', site: move.new.name, server: pair?.new ?? null }
  return kind === 'reverse' ? { from: fresh, to: old } : { from: old, to: fresh }
}

/** The server's name, or its site's while it has none. */
export const endName = (end: End): string => end.server?.name ?? end.site
