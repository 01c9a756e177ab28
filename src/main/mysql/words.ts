import type { Row } from './session'

export { quoteAccount, quoteId as quoteName, quoteText } from './identifiers'

/** Splits `'shop'@'10.%'` or `shop@10.%` (as information_schema and DEFINER columns give it) at its last `@`. */
export const splitAccount = (grantee: string): { user: string; host: string } => {
  const at = grantee.lastIndexOf('@')
  const user = at < 0 ? grantee : grantee.slice(0, at)
  return { user: unquote(user), host: at < 0 ? '%' : unquote(grantee.slice(at + 1)) }
}

const unquote = (text: string): string => {
  const mark = text[0]
  if (text.length < 2 || (mark !== "'" && mark !== '`' && mark !== '"') || text.at(-1) !== mark) return text
  return text.slice(1, -1).replaceAll(mark + mark, mark)
}

/** The value of the first of several column names that the row has: servers rename their columns. */
export const column = (row: Row, ...names: string[]): string | null => {
  for (const name of names) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined
    if (value !== undefined) return value
  }
  // `Channel_Name` was `Channel_name` in 5.7, `Server_Id` is `Server_id` on MariaDB: the letters' case tells nothing.
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  for (const [name, value] of Object.entries(row)) if (wanted.has(name.toLowerCase())) return value
  return null
}

/** `ON`, `1`, `YES` and `TRUE` as a server may write them. */
export const isOn = (value: string | null | undefined): boolean => /^(on|1|yes|true)$/i.test(value ?? '')

/** A number from a server's text; anything else is `otherwise`. */
export const numberOf = (value: string | null | undefined, otherwise = 0): number => {
  if (value === null || value === undefined || value.trim() === '') return otherwise
  const number = Number(value)
  return Number.isFinite(number) ? number : otherwise
}
