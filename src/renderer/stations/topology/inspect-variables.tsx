import { useState } from 'react'
import { Age } from '../../parts/age'
import { CopyButton } from '../../parts/copy-button'
import { KeyValues } from '../../parts/key-values'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { Asked } from './asked'
import { type Box, staleAfterMs } from './picture'

/** Variables of a server; what its pair has differently is named beneath. */
export function InspectVariables({ box }: { box: Extract<Box, { kind: 'database' }> }) {
  const { move, topology } = useMove()
  const [words, setWords] = useState('')
  const survey = box.node?.survey
  if (!survey) return <p className="pad s12 t2">Not asked yet.</p>
  const pair = move.pairs.find((one) => one[box.side] === box.id)
  const partner = pair?.[box.side === 'old' ? 'new' : 'old']
  const other = topology?.nodes.find((node) => node.server === partner)?.survey?.variables
  const names = Object.keys(survey.variables)
    .filter((name) => name.includes(words.trim().toLowerCase()))
    .sort()
  const age = <Age at={survey.at} staleAfterMs={staleAfterMs} />
  return (
    <Section>
      <div className="row" style={{ marginBottom: 8 }}>
        <TextInput
          value={words}
          onChange={setWords}
          label="Find a variable"
          placeholder="Find a variable"
          icon="search"
        />
        <CopyButton
          text={names.map((name) => `${name} = ${survey.variables[name]}`).join('\n')}
          label="Copy these variables"
        />
      </div>
      <KeyValues
        keyWidth={148}
        items={names.map((name) => {
          const value = survey.variables[name] ?? ''
          const theirs = other?.[name]
          return {
            key: name,
            mono: true,
            wraps: true,
            age,
            asked: 'SHOW GLOBAL VARIABLES',
            copy: value,
            value: (
              <>
                <ServerText cap={400}>{value}</ServerText>
                {theirs !== undefined && theirs !== value && (
                  <span className="theirs">
                    {partner}: <ServerText cap={200}>{theirs}</ServerText>
                  </span>
                )}
              </>
            )
          }
        })}
      />
      {names.length === 0 && <p className="s12 t2">No variable has this in its name.</p>}
      <Asked sql="SHOW GLOBAL VARIABLES" />
    </Section>
  )
}
