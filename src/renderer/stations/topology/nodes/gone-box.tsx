import { Icon } from '../../../parts/icon'
import type { Box } from '../picture'

/** The place of a server that is no longer in the move. */
export function GoneBox({ box }: { box: Extract<Box, { kind: 'gone' }> }) {
  return (
    <>
      <span className="n1">
        <Icon name="database" className="ty" />
        <span className="nm">{box.id}</span>
      </span>
      <span className="n2">{box.words}</span>
    </>
  )
}
