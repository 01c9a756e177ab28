/** Text that is markup already. Everything else that goes into markup is escaped. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | null | false | undefined | readonly Part[]

/** Longer texts of servers end with how much was left out. */
const longest = 20_000

const invisible =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|[\p{Zs}\u{2800}\u{3164}\u{ffa0}\u{115f}\u{1160}]|\p{Default_Ignorable_Code_Point}/u
const mark = /\p{M}/u

const short: Record<string, string> = {
  '\0': '\\0',
  '\r': '\\r',
  '\b': '\\b',
  '\v': '\\v',
  '\f': '\\f',
  '\u001b': '\\e'
}

/** Nearly all texts: nothing in them needs a look at each character. */
const ordinary = /^[\x20-\x7e\n\t]*$/

const isPlain = (character: string, before: string | undefined): boolean => {
  if (character === ' ' || character === '\n' || character === '\t') return true
  if (invisible.test(character)) return false
  // A mark alone would sit on what stands before it; a text that is not in NFC looks like one that is.
  if (before === undefined) return !mark.test(character) && character.normalize('NFC') === character
  const base = before.normalize('NFC')
  return `${base}${character}`.normalize('NFC') === `${base}${character}`
}

const entity: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const entities = (text: string): string => text.replace(/[&<>"']/g, (character) => entity[character] ?? character)

const visible = (
  text: string,
  show: (code: string) => string,
  plain: (text: string) => string,
  cap: number
): string => {
  if (text.length <= cap && ordinary.test(text)) return plain(text)
  const characters = Array.from(text.slice(0, cap * 2))
  const kept = characters.slice(0, cap)
  let out = ''
  kept.forEach((character, index) => {
    out += isPlain(character, kept[index - 1])
      ? plain(character)
      : show(short[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)
  })
  const left = text.length - kept.join('').length
  return left > 0 ? `${out}${show(`… ${left} more characters`)}` : out
}

/** Text of a server, a person or a file as markup: escaped, and what would hide or reorder is shown as an escape. */
export const text = (value: string, cap = longest): Markup => ({
  markup: visible(value, (code) => `<span class="esc">${entities(code)}</span>`, entities, cap)
})

/** The same as plain text, for places that hold no markup (titles, drawings). */
export const plain = (value: string, cap = 200): string =>
  visible(
    value,
    (code) => code,
    (characters) => characters.replace(/[\n\t]/g, ' '),
    cap
  )

/** Text made by the report itself (numbers, dates), which may hold narrow blanks. */
export const own = (value: string): Markup => ({ markup: entities(value) })

const render = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return text(part).markup
  if ('markup' in part) return part.markup
  return part.map(render).join('')
}

/** Markup with its values escaped: html`<td>${name}</td>`. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Markup => ({
  markup: strings.reduce((out, string, index) => out + string + (index < parts.length ? render(parts[index]) : ''), '')
})
