import { judgeGrants } from '../../mysql/needed-grants'
import { type Check, eachServer, ok, stopUnlessWaived, warn } from '../check'
import { remedy, shown, some } from '../evidence'
import { value } from '../facts'
import { isLinked, rolesOf } from '../stage'

export const ownRights: Check = {
  id: 'A10',
  group: 'identity',
  title: 'Siteswap’s account may do what the runbooks need',
  why: 'A right that is missing in the middle of a cutover is found out at the worst moment.',
  judge: (facts) =>
    eachServer(facts, (server) => {
      const lines = value(server.ownGrants)
      const { account } = value(server.ownSession)
      const verdict = judgeGrants({ account, known: value(server.rightsKnown), lines })
      // Hashes of old servers stand in the same line as the grants.
      const grants = lines.map((grant) => [grant.replace(/ IDENTIFIED BY PASSWORD '[^']*'/i, '')])
      const evidence = [shown(server.ownGrants, ['grant'], grants)]
      const toCutOver = [...verdict.missingToObserve, ...verdict.missingToRun]
      const toSeed = isLinked(rolesOf(facts)) ? [] : verdict.missingToCopy
      if (toCutOver.length + toSeed.length === 0)
        return ok({ server, title: `${server.ownUser} has every right that is needed`, evidence })
      const remedies = [
        remedy({
          text: 'Grant them, signed in as an administrator of that server.',
          server,
          statements: verdict.script ? [verdict.script.replace(/;$/, '')] : []
        })
      ]
      if (toCutOver.length === 0)
        return warn({
          server,
          title: `${server.ownUser} lacks ${some(toSeed)} to copy the shop`,
          consequence: 'The station Replicate would stop while it copies. The cutover itself does not need them.',
          evidence,
          remedies
        })
      return stopUnlessWaived({
        server,
        title: `${server.ownUser} lacks ${some(toCutOver)}`,
        consequence:
          'A runbook would fail on its way. Rights that come through a role which is not active do not count.',
        evidence,
        remedies
      })
    })
}
