import { failureOf } from '../../../shared/failure'
import type { Run } from '../../../shared/runbook'
import type { Row } from '../../mysql/session'
import type { Statements } from '../../mysql/statements'
import type { Hands } from '../../runbook/step'
import type { JournaledThrow, Observation, SeenServer } from './decide-resume'
import { type CutoverFacts, type CutoverSide, sessionNames } from './facts'
import { errantOn, hasToken } from './positions'
import { armedSessions, sameServer } from './words'

/** Sessions that hold the global read lock under our lease are seen by what they last ran; a lost one is gone with its connection. */
const holding = (say: Statements, holdId: string): string =>
  `SELECT ID AS id FROM ${say.processTable} WHERE ID = ${BigInt(holdId || '0')}`

const nobody = 'SELECT 1 AS id FROM DUAL WHERE 1 = 0'
const guardRefused = 1242

const positionOf = async (hands: Pick<Hands, 'read'>, side: CutoverSide): Promise<Row> =>
  (await hands.read(side.id, sessionNames.watch, side.say.position()))[0] ?? {}

const look = async (
  hands: Pick<Hands, 'read'>,
  side: CutoverSide,
  waiting: string,
  token: string,
  active: CutoverSide | null
): Promise<SeenServer> => {
  try {
    await hands.read(side.id, sessionNames.watch, sameServer(side.capabilities.identity))
    const [state] = await hands.read(side.id, sessionNames.watch, side.say.showReadOnly())
    const waits = await hands.read(side.id, sessionNames.watch, waiting)
    const position = await positionOf(hands, side)
    const { flavour } = side.capabilities
    const own = active ? errantOn(flavour, position, await positionOf(hands, active)) !== '' : false
    return {
      kind: 'seen',
      readOnly: state?.read_only === '1',
      waits: waits.length > 0,
      token: token !== '' && hasToken(flavour, position, token),
      own
    }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === guardRefused || failure.kind === 'identity') return { kind: 'stranger' }
    return { kind: 'unreachable', why: failure.words ?? failure.what }
  }
}

/** How far the journal says the throw had come. */
export const journaledThrow = (run: Run): JournaledThrow => {
  const step = run.steps.find((known) => known.id === 'throw')
  if (!step || step.state === 'todo' || step.state === 'undone') return 'not-begun'
  return step.state === 'done' ? 'observed' : 'sent'
}

/** Looks at both servers; changes nothing. Never rejects: what cannot be seen is part of the answer. */
export const observeCutover = async (
  hands: Pick<Hands, 'read'>,
  facts: CutoverFacts,
  run: Run
): Promise<Observation> => {
  const token = run.facts.token ?? ''
  const held = journaledThrow(run) === 'not-begun' ? holding(facts.from.say, run.facts.holdId ?? '0') : nobody
  const from = await look(hands, facts.from, held, token, null)
  const to = await look(
    hands,
    facts.to,
    token ? armedSessions(facts.to.say, token) : nobody,
    token,
    from.kind === 'seen' ? facts.from : null
  )
  return { from, to }
}
