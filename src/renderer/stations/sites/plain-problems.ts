/** What is wrong in a form, by dotted path of the field: `ssh.1.host` → a plain sentence. */
export type Problems = Record<string, string>

interface Issue {
  path: PropertyKey[]
  code?: string
  message: string
  minimum?: number | bigint
  maximum?: number | bigint
  origin?: string
}

const sentence = (words: string): string =>
  `${words[0]?.toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`

const plain = (issue: Issue): string => {
  const text = issue.origin === 'string'
  switch (issue.code) {
    case 'too_small':
      if (text || issue.origin === 'array') return 'Fill this in.'
      return `Use ${issue.minimum} or more.`
    case 'too_big':
      return text ? `At most ${issue.maximum} characters.` : `Use ${issue.maximum} or less.`
    case 'invalid_type':
      return 'Fill this in.'
    case 'invalid_format':
      return /^(is|holds) /.test(issue.message) ? `This ${issue.message}.` : sentence(issue.message)
    default:
      return sentence(issue.message)
  }
}

/** The first problem of each field, in words without jargon. */
export const problemsOf = (error: { issues: readonly unknown[] } | undefined): Problems => {
  const problems: Problems = {}
  for (const issue of (error?.issues ?? []) as Issue[]) {
    const path = issue.path.map(String).join('.')
    // A field left empty breaks its pattern as well; "fill this in" says it better.
    if (!(path in problems) || plain(issue) === 'Fill this in.') problems[path] = plain(issue)
  }
  return problems
}
