const literal = `(?:'(?:[^'\\\\]|\\\\.|'')*'?|"(?:[^"\\\\]|\\\\.|"")*"?)`
const patterns = [
  new RegExp(`\\b(IDENTIFIED\\s+(?:WITH|VIA)\\s+\\S+\\s+(?:BY|AS|USING)\\s+(?:PASSWORD\\s*\\(\\s*)?)${literal}`, 'gis'),
  new RegExp(`\\b(IDENTIFIED\\s+BY\\s+(?:PASSWORD\\s+)?)${literal}`, 'gis'),
  new RegExp(`\\b((?:MASTER_|SOURCE_)?PASSWORD\\s*(?:=|\\()\\s*)${literal}`, 'gis'),
  new RegExp(`\\b(REPLACE\\s+)${literal}(?=\\s+RETAIN)`, 'gis')
]

export const redactedMark = '‹secret›'

/** A server's or driver's words without secrets: the known values themselves, and whatever stands where a statement holds a password. */
export const redact = (text: string, secrets: readonly string[] = []): string => {
  let clean = text
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, redactedMark)
  for (const pattern of patterns) clean = clean.replace(pattern, (_all, before: string) => `${before}'${redactedMark}'`)
  return clean
}
