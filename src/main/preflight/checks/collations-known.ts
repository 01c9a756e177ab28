import type { Remedy } from '../../../shared/finding'
import { unknownTo } from '../../mysql/collations'
import { type Check, ok, stopUnlessWaived, warn } from '../check'
import { asOnActive, remedy, setVariable, shown, some, variable } from '../evidence'
import { type ServerFacts, value } from '../facts'
import { rolesOf } from '../stage'

const evidenceOf = (server: ServerFacts) => {
  const { session, server: own, used } = value(server.collations)
  return shown(
    server.collations,
    ['of', 'collation'],
    [['new sessions', session], ['collation_server', own], ...used.map((name) => ['tables', name])]
  )
}

/** Where the server can be told what collation a session has that only names utf8mb4, that is the remedy (MariaDB 11.2). */
const sessionRemedy = (server: ServerFacts): Remedy =>
  variable(server, 'character_set_collations') === undefined
    ? remedy({
        text: 'Let applications say which collation they use, one that both servers know: SET NAMES utf8mb4 COLLATE utf8mb4_general_ci.'
      })
    : setVariable(
        server,
        'character_set_collations',
        '',
        `Let sessions on ${server.name} begin with the collations of old; write it into the configuration as well. Connections that are open keep theirs until they connect again.`,
        true
      )

/** What makes `server` work with collations that `other` knows; its tables are another matter. */
const remedies = (server: ServerFacts, other: ServerFacts): Remedy[] => {
  const [own, known] = [value(server.collations), value(other.collations)]
  return [
    ...(unknownTo(known, [own.session]).length ? [sessionRemedy(server)] : []),
    ...(unknownTo(known, [own.server]).length ? [asOnActive(other, server, 'collation_server')] : []),
    ...(unknownTo(known, own.used).length
      ? [
          remedy({
            text: `Install a series on ${other.name} that knows it, or convert the tables to a collation that both know.`
          })
        ]
      : [])
  ]
}

export const collationsKnown: Check = {
  id: 'G12',
  group: 'schema',
  title: 'Each server knows the collations of the other',
  why: 'A replica stops at the first table or statement with a collation that it does not know.',
  judge: (facts) => {
    const { active, passive } = rolesOf(facts)
    const [here, there] = [value(active.collations), value(passive.collations)]
    const missing = unknownTo(there, [...here.used, here.session, here.server])
    const back = unknownTo(here, [there.session, there.server])
    if (missing.length + back.length === 0)
      return [ok({ title: 'They do', evidence: [evidenceOf(active), evidenceOf(passive)] })]
    const forward = stopUnlessWaived({
      server: passive,
      title: `${passive.name} does not know ${some(missing)}, with which ${active.name} works`,
      consequence:
        'The copy stops at the first table that has it. The link stops with error 22 at the first statement that is logged as text, such as CREATE or ALTER.',
      evidence: [evidenceOf(active)],
      remedies: remedies(active, passive)
    })
    const backward = warn({
      server: active,
      title: `${active.name} does not know ${some(back)}, with which ${passive.name} works`,
      consequence:
        'Changed rows flow back after the cutover, but the link back stops with error 22 at the first statement that is logged as text, such as CREATE or ALTER: from then on there is no way back.',
      evidence: [evidenceOf(passive)],
      remedies: remedies(passive, active)
    })
    return [...(missing.length ? [forward] : []), ...(back.length ? [backward] : [])]
  }
}
