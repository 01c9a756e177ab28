import { Icon } from '../../../parts/icon'
import { ServerText } from '../../../parts/server-text'
import { foundWords } from '../found-boxes'
import type { Box } from '../picture'

/** A server that others name, beside the move. */
export function FoundBox({ box }: { box: Extract<Box, { kind: 'found' }> }) {
  return (
    <>
      <span className="n1">
        <Icon name="database" className="ty" />
        <span className="nm el">
          <ServerText cap={60}>{box.found.name}</ServerText>
        </span>
      </span>
      <span className="n2 el">{foundWords(box.found)}</span>
    </>
  )
}
