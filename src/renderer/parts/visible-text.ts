/** A piece of text from a server: `escape` stands for a character that would hide, reorder or look like another. */
export type TextPiece = { kind: 'text' | 'escape'; text: string }

/** Text made safe to show, with how many characters were left out at the end. */
export type VisibleText = { pieces: TextPiece[]; leftOut: number }

/* Control, format (bidi, zero-width, tags), private use, lone surrogates, separators; then blanks and selectors outside those classes. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|[\p{Zs}\u{2800}\u{3164}\u{ffa0}\u{115f}\u{1160}]|\p{Default_Ignorable_Code_Point}/u
const MARK = /\p{M}/u

/** Makes text of a server visible: what hides becomes an escape such as `\u{202E}`, and it ends after `cap` characters. */
export function visibleText(raw: string, cap = 2000): VisibleText {
  const pieces: TextPiece[] = []
  // A text of many megabytes must not be cut into characters whole; a character is two units at most.
  const characters = Array.from(raw.slice(0, cap * 2))
  const kept = characters.slice(0, cap)
  let text = ''
  const flush = () => {
    if (text !== '') pieces.push({ kind: 'text', text })
    text = ''
  }
  kept.forEach((character, index) => {
    if (isPlain(character, kept[index - 1])) {
      text += character
      return
    }
    flush()
    pieces.push({ kind: 'escape', text: escapeOf(character) })
  })
  flush()
  return { pieces, leftOut: raw.length - kept.join('').length }
}

/** The same text as one string, for names and titles. */
export function visibleString(raw: string, cap = 200): string {
  const { pieces, leftOut } = visibleText(raw, cap)
  return pieces.map((piece) => piece.text).join('') + (leftOut > 0 ? `… (${leftOut} more characters)` : '')
}

function isPlain(character: string, before: string | undefined): boolean {
  if (character === ' ' || character === '\n' || character === '\t') return true
  if (INVISIBLE.test(character)) return false
  // A mark at the start would sit on whatever the screen shows before it.
  if (before === undefined) return !MARK.test(character) && character.normalize('NFC') === character
  const base = before.normalize('NFC')
  return `${base}${character}`.normalize('NFC') === `${base}${character}`
}

function escapeOf(character: string): string {
  const short: Record<string, string> = {
    '\0': '\\0',
    '\r': '\\r',
    '\b': '\\b',
    '\v': '\\v',
    '\f': '\\f',
    '\u001b': '\\e'
  }
  return short[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`
}
