import type { ReactNode } from 'react'
import type { ServerSurvey } from '../../../shared/server'
import { type ServerFact, serverFacts } from '../../../shared/server-facts'
import { KeyValues } from '../../parts/key-values'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { Asked } from './asked'

/** Facts of one title stand on one line. */
const lines = (facts: readonly ServerFact[]): { title: string; value: string; asked: string | null }[] =>
  [...new Set(facts.map(({ title }) => title))].map((title) => ({
    title,
    value: facts
      .filter((fact) => fact.title === title)
      .map(({ value }) => value)
      .join('\n'),
    asked: facts.find((fact) => fact.title === title && fact.asked !== null)?.asked ?? null
  }))

/** Who keeps a server that Siteswap can look at but not move. */
export function ServerLimits({ survey }: { survey: ServerSurvey }) {
  return (survey.limits ?? []).map((limit) => (
    <Section key={limit.kind + limit.name}>
      <Note tone="att" title={`It is ${limit.name}: it can be shown and compared, but not moved.`}>
        <ServerText cap={200}>{limit.seenBy}</ServerText>
        <ol className="tries">
          {[...limit.cannot.map((line) => `Cannot: ${line}`), limit.instead].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </Note>
    </Section>
  ))
}

/** How a server writes, sends and applies changes: what its survey tells beside role and load. */
export function ServerFactsSections({ survey, age }: { survey: ServerSurvey; age: ReactNode }) {
  const facts = serverFacts(survey).filter(({ group }) => group !== 'Limits')
  return [...new Set(facts.map(({ group }) => group))].map((group) => {
    const own = facts.filter((fact) => fact.group === group)
    const asked = own.find((fact) => fact.asked !== null)?.asked
    return (
      <Section key={group} title={group}>
        <KeyValues
          keyWidth={150}
          items={lines(own).map(({ title, value, asked: from }) => ({
            key: title,
            copy: value,
            ...(from === null ? {} : { asked: from }),
            value: <ServerText cap={600}>{value}</ServerText>,
            wraps: true,
            age
          }))}
        />
        {asked && <Asked sql={asked} />}
      </Section>
    )
  })
}
