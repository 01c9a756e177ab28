import { FailureError, fail } from '../../shared/failure'
import { changeRefused } from '../../shared/look-only'
import type { Move } from '../../shared/move'
import { type ApplierStatements, applierStatements } from '../mysql/statements-applier'
import type { CompareSession } from './compare-session'
import { type Following, linksOf, type Sessions } from './follow'
import { lockStatements, openSnapshot, readActivePosition, snapshotPlace } from './snapshot'
import { otherSide, type Side } from './table-plan'

/** What both the plan of a certificate and the certificate itself are made from. */
export interface CertifyGround {
  active: Side
  passive: Side
  /** The link whose applier is stopped; '' is the default channel. */
  channel: string
  words: ApplierStatements
  /** Sent to the active server around the opening of its snapshots. */
  lock: typeof lockStatements | null
}

/** Looks whether two sides can be read at one position, before anything is sent that is not a read. Rejects when not. */
export const certifyGround = async (
  move: Move,
  sessions: Sessions,
  following: Following,
  mayLock: boolean
): Promise<CertifyGround> => {
  if (following.kind !== 'follows')
    throw fail('conflict', 'The two sides cannot be certified at one position.', {
      why: following.kind === 'apart' ? 'There is no link between them.' : following.why,
      try: ['Build the link on Replicate, or compare without certifying.']
    })
  const { active } = following
  const passive = otherSide(active)
  const refusal = changeRefused(move, sessions[passive].server)
  if (refusal) throw new FailureError(refusal)
  const channel = await channelOf(sessions[passive])
  await readActivePosition(sessions[active])
  const lock = mayLock && !(await tellsPlace(sessions[active])) ? lockStatements : null
  return { active, passive, channel, words: applierStatements(sessions[passive].capabilities, channel), lock }
}

const channelOf = async (session: CompareSession): Promise<string> => {
  const answer = await linksOf(session)
  if ('untold' in answer)
    throw fail('denied', 'The link cannot be looked at.', { where: session.server, why: answer.untold, try: [] })
  const [link, another] = answer.links
  if (!link || another)
    throw fail('conflict', `${session.server} follows ${another ? 'more than one server' : 'no server'}.`, {
      where: session.server,
      why: 'A snapshot belongs to one position of one source.',
      try: ['Compare without certifying.']
    })
  return link.channel
}

/** Such servers need no lock, however busy they are. */
const tellsPlace = async (session: CompareSession): Promise<boolean> => {
  await openSnapshot(session)
  try {
    return (await snapshotPlace(session)) !== null
  } finally {
    await session.rows('ROLLBACK')
  }
}
