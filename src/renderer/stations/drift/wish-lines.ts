/** Tables as they are typed: one name or `schema.*` in a line, or several with commas. */
export const tablesIn = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean)

/** Names a table as the comparison wants it: `schema.table`, `schema.*`. */
export const tableError = (names: readonly string[]): string | undefined => {
  const wrong = names.find((name) => !/^[^.]+\.[^.].*$/.test(name))
  return wrong === undefined ? undefined : `“${wrong}” is no table: write schema.table, or schema.*`
}

/** Columns left out, one in a line: `schema.table.column: reason`. */
export const columnsIn = (text: string): { columns: Record<string, string> } | { error: string } => {
  const columns: Record<string, string> = {}
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, name, reason] = /^\s*([^.:]+\.[^.:]+\.[^:]+?)\s*:\s*(\S.*)$/.exec(line) ?? []
    if (!name || !reason) return { error: `“${line.trim()}” lacks something: write schema.table.column: reason` }
    columns[name] = reason.trim()
  }
  return { columns }
}

/** A time of day as it is typed, `2:00` or `02:00`, as `02:00`; null when it is none. */
export const clockTyped = (text: string): string | null => {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(text) ?? []
  return hours !== '' && Number(hours) < 24 && Number(minutes) < 60 ? `${hours.padStart(2, '0')}:${minutes}` : null
}
