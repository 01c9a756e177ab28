import { sqlTokens } from './sql-tokens'
import { visibleString } from './visible-text'

const classes = { keyword: 'kw', string: 'str', number: 'nu', comment: 'com' } as const

/** Statements in colour, as text nodes; characters that hide are shown as escapes. */
export function SqlText({ sql }: { sql: string }) {
  return sqlTokens(sql).map((token, index) => {
    const text = visibleString(token.text, 20_000)
    return token.kind === 'plain' ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
      <span key={index} className={classes[token.kind]}>
        {text}
      </span>
    )
  })
}
