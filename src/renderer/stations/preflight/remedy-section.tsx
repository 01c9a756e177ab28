import type { Finding, Remedy } from '../../../shared/finding'
import type { Move } from '../../../shared/move'
import { Chip } from '../../parts/chip'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SqlBlock } from '../../parts/sql-block'
import { serverName, sideOf } from '../runbook/names'
import { ServerMarks } from '../runbook/server-marks'

const sqlOf = (statements: readonly string[]): string =>
  statements.map((statement) => `${statement.trim().replace(/;$/, '')};`).join('\n')

/** The remedy that the app can send itself: the first that is safe, names a server and has statements. */
export const appliedRemedy = (finding: Finding): Remedy | undefined =>
  finding.remedies.find((remedy) => remedy.safe && remedy.server !== null && remedy.statements.length > 0)

/** What mends a finding, the most careful first; what is safe can be applied after a preview, the rest is to be copied. */
export function RemedySection({ finding, move }: RemedySectionProps) {
  const own = appliedRemedy(finding)
  if (finding.remedies.length === 0) return null
  return (
    <>
      {finding.remedies.map((remedy, index) => (
        <Section
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
          key={index}
          title={finding.remedies.length > 1 ? `Remedy ${index + 1} of ${finding.remedies.length}` : 'Remedy'}
          aside={
            remedy.statements.length > 0 && (
              <Chip tone={remedy.safe ? 'ok' : 'plain'} icon={remedy.safe ? undefined : 'pen'}>
                {remedy.safe ? 'safe' : 'by hand'}
              </Chip>
            )
          }
        >
          <div className="col g8">
            <p className="s12 t2">
              <ServerText>{remedy.text}</ServerText>
            </p>
            {remedy.statements.length > 0 && (
              <SqlBlock
                wraps
                bounded
                side={(remedy.server && sideOf(move, remedy.server)) || undefined}
                head={
                  remedy.server ? (
                    <>
                      runs on <b className="m11">{serverName(move, remedy.server)}</b>
                      <ServerMarks move={move} server={remedy.server} />
                    </>
                  ) : (
                    'statements'
                  )
                }
                sql={sqlOf(remedy.statements)}
              />
            )}
            {remedy.undo.length > 0 && <SqlBlock wraps bounded small head="its undo" sql={sqlOf(remedy.undo)} />}
            {remedy.statements.length > 0 && remedy !== own && (
              <p className="s11 t3">
                {remedy.safe
                  ? 'Can be applied from here after the one above.'
                  : 'Siteswap does not send these: what they do to the shop is yours to judge.'}
              </p>
            )}
          </div>
        </Section>
      ))}
    </>
  )
}

/** What a `RemedySection` is told. */
export type RemedySectionProps = { finding: Finding; move: Move }
