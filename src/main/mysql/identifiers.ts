import { fail } from '../../shared/failure'

const loneSurrogate = /\p{Cs}/u
const codePoints = (text: string) => [...text].length

const refuse = (name: string, why: string) =>
  fail('invalid', 'A name cannot be used in a statement.', {
    where: JSON.stringify(name.slice(0, 80)),
    why,
    try: ['Rename the object, or leave it out of the move.']
  })

/** An identifier for a statement: in backticks, each inner one doubled. Refuses what no server holds. */
export const quoteId = (name: string): string => {
  if (name === '') throw refuse(name, 'It is empty.')
  if (name.includes('\0')) throw refuse(name, 'It holds a NUL character.')
  if (codePoints(name) > 64) throw refuse(name, 'It is longer than 64 characters.')
  if (loneSurrogate.test(name)) throw refuse(name, 'It is not valid Unicode.')
  return `\`${name.replaceAll('`', '``')}\``
}

/** `` `schema`.`table` `` */
export const quoteTable = (schema: string, table: string): string => `${quoteId(schema)}.${quoteId(table)}`

const escapes: Record<string, string> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\u001a': '\\Z',
  "'": "''",
  '\\': '\\\\'
}

/**
 * A text literal for statements that take no parameters. Sessions are pinned to a sql_mode without NO_BACKSLASH_ESCAPES
 * and to utf8mb4; quotes are doubled and not escaped, so that even under the other mode a text cannot leave its literal.
 */
export const quoteText = (text: string): string => {
  if (loneSurrogate.test(text)) throw refuse(text, 'It is not valid Unicode.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape
  return `'${text.replace(/[\u0000\n\r\u001a'\\]/g, (character) => escapes[character] ?? character)}'`
}

/** `'user'@'host'` */
export const quoteAccount = (user: string, host: string): string => `${quoteText(user)}@${quoteText(host)}`

export type SqlValue = string | number | bigint | null | Uint8Array

/** One value as a literal. */
export const quoteValue = (value: SqlValue): string => {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return quoteText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refuse(String(value), 'It is not a number a server knows.')
    return String(value)
  }
  return value.length === 0 ? "''" : `X'${Buffer.from(value).toString('hex').toUpperCase()}'`
}

/** Puts values in the places of `?` outside texts, names and comments; their number must be exact. */
export const bindValues = (sql: string, values: readonly SqlValue[]): string => {
  if (values.length === 0) return sql
  const tokens = /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`[^`]*`|--\s[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|\?/g
  let used = 0
  const bound = sql.replace(tokens, (token) => {
    if (token !== '?') return token
    const value = values[used++]
    return value === undefined ? token : quoteValue(value)
  })
  if (used !== values.length)
    throw fail('internal', `A statement has ${used} places for ${values.length} values.`, { words: sql.slice(0, 300) })
  return bound
}
