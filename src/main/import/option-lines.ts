/** One line of an option file, in order. */
export type OptionLine =
  | { kind: 'group'; name: string }
  | { kind: 'option'; name: string; value: string | null }
  | { kind: 'include'; path: string; directory: boolean }
  | { kind: 'strange'; line: number }

const escapes: Record<string, string> = { b: '\b', t: '\t', n: '\n', r: '\r', s: ' ', '\\': '\\', '"': '"', "'": "'" }

/** A value as the server's own programs read it: quotes taken off, escapes put in, a comment after it dropped. */
const readValue = (written: string): string => {
  const text = written.trim()
  const quote = text[0]
  const quoted = quote === '"' || quote === "'"
  let end = text.length
  let escaped = false
  for (let at = quoted ? 1 : 0; at < text.length; at++) {
    const sign = text[at]
    if (escaped) escaped = false
    else if (sign === '\\') escaped = true
    else if (quoted ? sign === quote : sign === '#') {
      end = at
      break
    }
  }
  const inner = quoted ? text.slice(1, end) : text.slice(0, end).trimEnd()
  return inner.replace(/\\(.)/gs, (all, sign: string) => escapes[sign] ?? all)
}

/** Reads the lines of an option file (dev.mysql.com/doc/refman, “Using Option Files”). Names come with dashes, as they are written on a command line. */
export const readOptionLines = (text: string): OptionLine[] => {
  const lines: OptionLine[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    const include = /^!(include|includedir)\s+(.+)$/.exec(line)
    if (include?.[2]) {
      lines.push({ kind: 'include', path: include[2].trim(), directory: include[1] === 'includedir' })
      continue
    }
    const group = /^\[([^\]]*)\]/.exec(line)
    if (group) {
      lines.push({ kind: 'group', name: group[1]?.trim() ?? '' })
      continue
    }
    const option = /^([A-Za-z0-9_.-]+)\s*(?:=(.*))?$/s.exec(line)
    if (option?.[1]) {
      const value = option[2] === undefined ? null : readValue(option[2])
      lines.push({ kind: 'option', name: option[1].replaceAll('_', '-').toLowerCase(), value })
    } else lines.push({ kind: 'strange', line: index + 1 })
  }
  return lines
}
