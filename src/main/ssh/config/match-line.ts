import { matchPatternList } from '../match-pattern'
import { badLine } from './config-failure'
import type { ConfigOption } from './config-files'

/** What a `Match` line is judged by, as far as it is known when the line is met. */
export interface MatchSubject {
  /** HostName as set so far, else the name as typed. */
  host: string
  original: string
  user: string
  localUser: string
  tag: string
  finalPass: boolean
}

export interface MatchVerdict {
  matches: boolean
  /** `Match final` was met: the config is gone through once more. */
  wantsFinal: boolean
  /** A criterion Siteswap does not evaluate stands between this block and a match: `exec`. */
  unknown: string | null
}

interface Criterion {
  name: string
  negated: boolean
  value: string | null
}

const alone = new Set(['all', 'final', 'canonical'])

const criteriaOf = (line: ConfigOption): Criterion[] => {
  const words = line.args ?? []
  const criteria: Criterion[] = []
  for (let at = 0; at < words.length; at++) {
    const [head = '', ...more] = (words[at] as string).split('=')
    const negated = head.startsWith('!')
    const name = head.slice(negated ? 1 : 0).toLowerCase()
    if (alone.has(name)) {
      criteria.push({ name, negated, value: null })
      continue
    }
    if (more.length === 0 && words[at + 1] === '=') at++
    const value = more.length > 0 ? more.join('=') : words[++at]
    if (value === undefined || value === '') throw badLine(line, `Match ${name} names no pattern`)
    criteria.push({ name, negated, value })
  }
  return criteria
}

/** Judges one `Match` line. What Siteswap never does, such as running the command of `exec`, counts as not matching and is told. */
export const judgeMatch = (line: ConfigOption, subject: MatchSubject): MatchVerdict => {
  if (line.args === null) throw badLine(line, 'a quote is not closed')
  const criteria = criteriaOf(line)
  if (criteria.length === 0) throw badLine(line, 'Match has no criteria')
  const all = criteria.findIndex(({ name }) => name === 'all')
  if (all >= 0 && (all < criteria.length - 1 || all > 1)) throw badLine(line, 'Match all stands with other criteria')
  let matches = true
  let wantsFinal = false
  let unknown: string | null = null
  const hold = (holds: boolean, negated: boolean) => {
    if (holds === negated) matches = false
  }
  for (const { name, negated, value } of criteria) {
    const list = value ?? ''
    switch (name) {
      case 'all':
        hold(true, negated)
        break
      case 'final':
        wantsFinal = true
        hold(subject.finalPass, negated)
        break
      case 'canonical':
        hold(subject.finalPass, negated)
        break
      case 'host':
        hold(matchPatternList(subject.host.toLowerCase(), list, true), negated)
        break
      case 'originalhost':
        hold(matchPatternList(subject.original.toLowerCase(), list, true), negated)
        break
      case 'user':
        hold(matchPatternList(subject.user, list, false), negated)
        break
      case 'localuser':
        hold(matchPatternList(subject.localUser, list, false), negated)
        break
      case 'tagged':
        hold(matchPatternList(subject.tag, list, false), negated)
        break
      default:
        unknown ??= name
    }
  }
  return { matches: matches && unknown === null, wantsFinal, unknown: matches ? unknown : null }
}
