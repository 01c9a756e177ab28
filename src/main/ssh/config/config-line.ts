import { parse } from 'ssh-config'

/** One line that says something, as written. */
export interface ConfigLine {
  /** Lower case. */
  keyword: string
  /** As written, for messages. */
  option: string
  /** Everything after keyword and separator, quotes and comment included. */
  rest: string
}

const bare = /^[ \t\r]*([^ \t\r=]+)[ \t\r]*=?[ \t\r]*/

/**
 * Keyword and remainder of a line; null for a comment or an empty line. The parser splits one line at a time: over several lines it takes the next
 * line for the value of a keyword without one. Its values are not used: it cuts at every `#` and loses quotes that OpenSSH minds.
 */
export const readConfigLine = (raw: string): ConfigLine | null => {
  const text = raw.replace(/[ \t\r\n\f]+$/, '')
  if (/^[ \t\r]*(#|$)/.test(text)) return null
  try {
    const [node] = parse(text)
    if (node && 'param' in node && node.param) {
      const begin = node.before.length + node.param.length + node.separator.length
      return { keyword: node.param.toLowerCase(), option: node.param, rest: text.slice(begin) }
    }
  } catch {
    // It refuses a single quote or a backslash where OpenSSH does not.
  }
  const found = bare.exec(text)
  return found?.[1] ? { keyword: found[1].toLowerCase(), option: found[1], rest: text.slice(found[0].length) } : null
}

/** Arguments of a line as OpenSSH splits them: both kinds of quotes, a few escapes, a comment where a word would begin. null: a quote is open. */
export const splitArguments = (rest: string): string[] | null => {
  const words: string[] = []
  let at = 0
  while (at < rest.length) {
    if (rest[at] === ' ' || rest[at] === '\t') {
      at++
      continue
    }
    if (rest[at] === '#') break
    let quote = ''
    let word = ''
    for (; at < rest.length; at++) {
      const char = rest[at] as string
      const next = rest[at + 1]
      if (char === '\\') {
        const escaped = next === "'" || next === '"' || next === '\\' || (quote === '' && next === ' ')
        word += escaped ? next : char
        if (escaped) at++
      } else if (quote === '' && (char === ' ' || char === '\t')) break
      else if (quote === '' && (char === '"' || char === "'")) quote = char
      else if (quote !== '' && char === quote) quote = ''
      else word += char
    }
    if (quote !== '') return null
    words.push(word)
  }
  return words
}
