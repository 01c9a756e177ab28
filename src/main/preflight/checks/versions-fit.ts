import { compareVersions, skipsSeries } from '../../mysql/judge-version'
import { wayBackWords } from '../../mysql/way-back'
import { type Check, ok, stop, stopUnlessWaived, warn } from '../check'
import { remedy, shown } from '../evidence'
import { value } from '../facts'

export const versionsFit: Check = {
  id: 'A05',
  group: 'identity',
  title: 'The versions can replicate both ways',
  why: 'A replica must understand what its source writes; for the way back that holds in both directions.',
  judge: (facts) => {
    const [old, fresh] = [value(facts.old.capabilities).identity, value(facts.new.capabilities).identity]
    const evidence = [
      shown(
        facts.old.capabilities,
        ['server', 'version', 'comment'],
        [
          [facts.old.name, old.version, old.comment],
          [facts.new.name, fresh.version, fresh.comment]
        ]
      )
    ]
    const pair = `${old.versionNumbers.join('.')} → ${fresh.versionNumbers.join('.')}`
    if (old.flavour !== fresh.flavour)
      return [
        stop({
          title: 'One server is MySQL, the other MariaDB',
          consequence:
            'Their transaction ids do not understand each other, so neither the hold nor the way back can be proved.',
          evidence,
          remedies: [
            {
              text: `Install ${old.flavour === 'mysql' ? 'MySQL' : 'MariaDB'} on the new site.`,
              server: null,
              statements: [],
              undo: [],
              safe: false
            }
          ]
        })
      ]
    switch (compareVersions(old, fresh)) {
      case 'same':
        return [ok({ title: `Same series: ${pair}`, evidence })]
      case 'older':
        return [
          stopUnlessWaived({
            title: `The new server is older: ${pair}`,
            consequence:
              'An older server may stop at the first statement or data type it does not know, while the shop is being moved.',
            evidence,
            remedies: [
              {
                text: 'Install the same or a newer series on the new site.',
                server: null,
                statements: [],
                undo: [],
                safe: false
              }
            ]
          })
        ]
      case 'newer':
        if (skipsSeries(old, fresh))
          return [
            stopUnlessWaived({
              title: `The new server is more than one series newer: ${pair}`,
              consequence:
                'MySQL replicates from one long-lived series to the next only: the link may stop at the first statement that the newer one no longer knows. And an older server following a newer one is not supported at all.',
              evidence,
              remedies: [remedy({ text: 'Move in two steps, over a server of the series between them.' })]
            })
          ]
        return [
          warn({
            title: `The new server is newer: ${pair}`,
            consequence: `Usually fine. ${wayBackWords(facts.old.name)}`,
            evidence
          })
        ]
    }
  }
}
