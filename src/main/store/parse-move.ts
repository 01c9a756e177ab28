import type { z } from 'zod'
import { fail } from '../../shared/failure'
import { type Move, moveSchema, moveVersion } from '../../shared/move'
import { migrate, type RawDocument } from './migrate-move'

const sayIssue = (issue: z.core.$ZodIssue): string => `${issue.path.join('.') || 'the document'}: ${issue.message}`

const idsOf = (move: Move): string[] => [...move.old.servers, ...move.new.servers].map((server) => server.id)

/** A document of any version up to today's as a move. Rejects with kind 'invalid' naming each field, a version from the future, or ids that clash. */
export const parseMove = (document: unknown, where: string): Move => {
  if ((document as { format?: unknown } | null)?.format === 'siteswap.site')
    throw fail('invalid', 'This is a saved site, not a whole move.', {
      where,
      try: ['Take it in under Saved sites, then begin a move with it.']
    })
  if (
    typeof document !== 'object' ||
    document === null ||
    (document as { format?: unknown }).format !== 'siteswap.move'
  )
    throw fail('invalid', 'This is not a Siteswap move.', {
      where,
      try: ['Choose a file that was exported by Siteswap (*.siteswap.json).']
    })
  const { version } = document as { version?: unknown }
  if (typeof version === 'number' && version > moveVersion)
    throw fail(
      'invalid',
      `This move was saved by a newer Siteswap (format ${version}, this one reads ${moveVersion}).`,
      { where, try: ['Update Siteswap; the file was not changed.'] }
    )
  const parsed = moveSchema.safeParse(migrate(document as RawDocument, moveVersion))
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 5).map(sayIssue)
    throw fail('invalid', 'The move has values that Siteswap cannot use.', {
      where,
      why: issues.join('; '),
      try: ['Correct the named fields; nothing was changed.']
    })
  }
  const move = parsed.data
  const ids = idsOf(move)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice)
    throw fail('invalid', `Two servers have the id “${twice}”.`, { where, try: ['Give each server an id of its own.'] })
  const lost = move.pairs.find(
    (pair) =>
      !move.old.servers.some((server) => server.id === pair.old) ||
      !move.new.servers.some((server) => server.id === pair.new)
  )
  if (lost)
    throw fail('invalid', `The pair ${lost.old} ↔ ${lost.new} names a server that is not in the move.`, {
      where,
      try: ['Remove the pair or add the server.']
    })
  return move
}
