import { Icon } from '../../../parts/icon'
import type { Box } from '../picture'

const names = { database: 'Add database', web: 'Add web server', other: 'Add worker' } as const

/** The place of a counterpart that is missing. */
export function GhostBox({ box }: { box: Extract<Box, { kind: 'ghost' }> }) {
  return (
    <>
      <span className="n1">
        <Icon name="plus" />
        <span className="el">{names[box.of]}</span>
      </span>
      <span className="n2">{box.words}</span>
    </>
  )
}
