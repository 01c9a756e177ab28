/** One column of a simple SELECT: its text and the name it is answered under. */
export interface Item {
  text: string
  name: string
}

/** Splits at commas and semicolons outside quotes and brackets. */
export const splitOutside = (text: string, separator: ',' | ';'): string[] => {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? ''
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') at += 1
      else if (letter === quote) quote = ''
    } else if (letter === "'" || letter === '"' || letter === '`') quote = letter
    else if (letter === '(') depth += 1
    else if (letter === ')') depth -= 1
    else if (letter === separator && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** The columns of `SELECT a AS b, c`, without what comes after FROM. */
export const selectItems = (sql: string): Item[] => {
  const list = sql.replace(/^\s*select\s+/i, '').replace(/\s+(from|limit)\s[\s\S]*$/i, '')
  return splitOutside(list, ',').map((part) => {
    const named = /^([\s\S]*?)\s+as\s+[`'"]?(\w+)[`'"]?$/i.exec(part)
    return named ? { text: (named[1] ?? '').trim(), name: named[2] ?? '' } : { text: part, name: part }
  })
}

const lists = new Map<string, readonly string[] | null>()

/** The names in `WHERE Variable_name IN ('a', 'b')`, lower case; null: it has no such list. The same statements come again and again. */
export const listedNames = (sql: string): readonly string[] | null => {
  const known = lists.get(sql)
  if (known !== undefined) return known
  const list = /\bin\s*\(([^)]*)\)/i.exec(sql)?.[1]
  const names =
    list === undefined
      ? null
      : [...new Set([...list.matchAll(/'([^']*)'/g)].map((match) => (match[1] ?? '').toLowerCase()))].sort()
  lists.set(sql, names)
  return names
}

/** What `LIKE 'pattern'` lets through; null: all. */
export const likePattern = (sql: string): RegExp | null => {
  const like = /\blike\s+'([^']*)'/i.exec(sql)?.[1]
  if (like === undefined) return null
  const pattern = like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.')
  return new RegExp(`^${pattern}$`, 'i')
}
