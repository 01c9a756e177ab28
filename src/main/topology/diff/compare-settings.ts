import type { Difference, UntoldPart } from '../../../shared/topology-diff'
import type { ServerSettings, Told } from '../../mysql/read-settings'
import {
  type ExpectedSetting,
  effectiveZone,
  expectedApart,
  isRestless,
  settingMeaning,
  settingName
} from '../../mysql/setting-meaning'
import { makeDifference } from './make-difference'
import { settingConsequence } from './setting-consequences'

export interface ComparedSettings {
  differences: Difference[]
  untold: UntoldPart[]
  variables: number
}

type Values = Readonly<Record<string, string>>

/** `pair`: two servers that stand for each other; `time`: one server at two moments. */
export type Comparison = 'pair' | 'time'

const expectedWhy: Record<ExpectedSetting, string> = {
  host: 'Of the host: addresses, folders and files are each server’s own.',
  identity: 'Each server must have its own.',
  position: 'It moves with every transaction.',
  version: 'It only says which version answers.',
  role: 'It goes with the role: the passive side is read-only and its events rest.',
  counterpart: 'It is different on purpose, so that both servers never make the same key.'
}

const byMeaningfulName = (values: Values): Map<string, { name: string; value: string }> => {
  const found = new Map<string, { name: string; value: string }>()
  // A server that has both words of one setting answers the same for both: today's stays.
  for (const name of Object.keys(values).sort()) {
    const key = settingName(name)
    if (!found.has(key) || name === key) found.set(key, { name, value: values[name] ?? '' })
  }
  return found
}

/** Only flags that both versions have can differ; the others come with the version. */
const switchMeaning = (value: string, other: string): string => {
  const flags = (text: string) => text.split(',').map((flag) => flag.trim().toLowerCase())
  const names = new Set(flags(other).map((flag) => flag.split('=')[0]))
  return flags(value)
    .filter((flag) => names.has(flag.split('=')[0]))
    .sort()
    .join(',')
}

const sameMeaning = (name: string, a: string, b: string): boolean =>
  name === 'optimizer_switch'
    ? switchMeaning(a, b) === switchMeaning(b, a)
    : settingMeaning(name, a) === settingMeaning(name, b)

const compareVariables = (server: string, old: Values, fresh: Values, kind: Comparison): Difference[] => {
  const [a, b] = [byMeaningfulName(old), byMeaningfulName(fresh)]
  const found: Difference[] = []
  const only: { old: string[]; new: string[] } = { old: [], new: [] }
  const say = (name: string, was: string | null, is: string | null): void => {
    const expected = expectedApart(name)
    const { consequence, why } = settingConsequence(name)
    // Over time only the role moves by itself; a folder or an id that changes is news.
    const set = kind === 'pair' && expected
    const moved = kind === 'time' && expected === 'role'
    found.push(
      makeDifference({
        area: 'variable',
        name,
        what: 'value',
        server,
        old: was,
        new: is,
        consequence: set ? 'expected' : moved ? 'answers' : consequence,
        why: set
          ? expectedWhy[set]
          : moved
            ? 'The server took another role.'
            : kind === 'time' && expected === 'identity'
              ? 'Another server may answer here now.'
              : why
      })
    )
  }
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    if (kind === 'time' && isRestless(name)) continue
    // Judged together, by the zone that counts.
    if (name === 'system_time_zone' || name === 'time_zone') continue
    const [was, is] = [a.get(name), b.get(name)]
    if (was && is) {
      if (!sameMeaning(name, was.value, is.value)) say(name, was.value, is.value)
    } else if (kind === 'pair') {
      if (was) only.old.push(`${was.name} = ${was.value}`)
      if (is) only.new.push(`${is.name} = ${is.value}`)
    } else say(name, was?.value ?? null, is?.value ?? null)
  }
  const zones = { old: effectiveZone(old), new: effectiveZone(fresh) }
  if (zones.old !== undefined && zones.new !== undefined && zones.old !== zones.new)
    say('time_zone', zoneWords(old), zoneWords(fresh))
  for (const side of ['old', 'new'] as const) {
    if (only[side].length === 0) continue
    const text = only[side].sort().join('\n')
    found.push(
      makeDifference({
        area: 'variable',
        name: `settings that only the ${side} server has`,
        what: `${only[side].length}`,
        server,
        old: side === 'old' ? text : null,
        new: side === 'new' ? text : null,
        isText: true,
        consequence: 'expected',
        why: 'They come with the version or a plugin; the other server does not know them.'
      })
    )
  }
  return found
}

const zoneWords = (values: Values): string =>
  values.time_zone?.toUpperCase() === 'SYSTEM'
    ? `SYSTEM (${values.system_time_zone ?? 'unknown'})`
    : (values.time_zone ?? '')

const compareExtensions = (server: string, old: Values, fresh: Values, kind: Comparison): Difference[] => {
  const lower = (values: Values) => new Map(Object.keys(values).map((name) => [name.toLowerCase(), name]))
  const [a, b] = [lower(old), lower(fresh)]
  const authentication = (text: string) => /authentication|password validation/i.test(text)
  return [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((key) => {
    const was = a.has(key) ? (old[a.get(key) ?? ''] ?? '') : null
    const is = b.has(key) ? (fresh[b.get(key) ?? ''] ?? '') : null
    const state = (text: string | null) => text?.split(' ').at(-1) ?? null
    // Version numbers of plugins come with the server's version.
    if (was === is || (kind === 'pair' && was !== null && is !== null && state(was) === state(is))) return []
    const signs = authentication(was ?? is ?? '')
    const active = (text: string | null) => state(text) === 'ACTIVE'
    const lost = active(was) && !active(is)
    return [
      makeDifference({
        area: 'extension',
        name: a.get(key) ?? b.get(key) ?? key,
        what: 'plugin',
        server,
        old: was,
        new: is,
        consequence: lost && signs ? 'rights' : 'other',
        why: lost
          ? signs
            ? 'Accounts that sign in by it cannot sign in any more.'
            : 'What it does, or the tables it holds, is not there.'
          : 'One server can do more than the other.'
      })
    ]
  })
}

const compareZones = (server: string, old: number, fresh: number): Difference[] => {
  // Versions of the zone tables differ by a few names; none at all is what breaks.
  if (old > 0 === fresh > 0) return []
  return [
    makeDifference({
      area: 'extension',
      name: 'named time zones',
      what: 'loaded',
      server,
      sign: 'changed',
      old: old > 0 ? `${old} loaded` : 'none loaded',
      new: fresh > 0 ? `${fresh} loaded` : 'none loaded',
      consequence: 'answers',
      why: 'CONVERT_TZ and named zones answer NULL or an error where none are loaded.'
    })
  ]
}

const compareCollations = (server: string, old: string[], fresh: string[]): Difference[] => {
  const meaning = (names: string[]) => new Set(names.map((name) => settingMeaning('collation', name)))
  const [a, b] = [meaning(old), meaning(fresh)]
  const lost = [...a].filter((name) => !b.has(name)).sort()
  const come = [...b].filter((name) => !a.has(name)).sort()
  if (lost.length === 0 && come.length === 0) return []
  return [
    makeDifference({
      area: 'extension',
      name: 'collations',
      what: lost.length > 0 ? `${lost.length} missing` : `${come.length} more`,
      server,
      sign: 'changed',
      old: lost.length > 0 ? lost.join('\n') : 'none that the other lacks',
      new: come.length > 0 ? come.join('\n') : 'none that the other lacks',
      isText: true,
      consequence: lost.length > 0 ? 'other' : 'expected',
      why:
        lost.length > 0
          ? 'A table with one of these cannot be made on the new server; tables that use one are told apart under objects.'
          : 'The newer version knows more character sets and collations.'
    })
  ]
}

/** Settings of two servers, or of one at two moments, by meaning. A part that either side did not tell is told as unknown. Pure. */
export const compareSettings = (
  server: string,
  old: { server: string; settings: ServerSettings },
  fresh: { server: string; settings: ServerSettings },
  kind: Comparison
): ComparedSettings => {
  const untold: UntoldPart[] = []
  const both = <T>(part: string, a: Told<T>, b: Told<T>, compare: (a: T, b: T) => Difference[]): Difference[] => {
    if (a.kind === 'untold') untold.push({ server: old.server, part, why: a.why })
    if (b.kind === 'untold' && (kind === 'pair' || a.kind === 'read'))
      untold.push({ server: fresh.server, part, why: b.why })
    return a.kind === 'read' && b.kind === 'read' ? compare(a.value, b.value) : []
  }
  const [a, b] = [old.settings, fresh.settings]
  const differences = [
    ...both('variables', a.variables, b.variables, (x, y) => compareVariables(server, x, y, kind)),
    ...both('plugins', a.extensions, b.extensions, (x, y) => compareExtensions(server, x, y, kind)),
    ...both('time zones', a.timeZones, b.timeZones, (x, y) => compareZones(server, x, y)),
    ...both('collations', a.collations, b.collations, (x, y) => compareCollations(server, x, y))
  ]
  const variables =
    a.variables.kind === 'read' && b.variables.kind === 'read' ? Object.keys(b.variables.value).length : 0
  return { differences, untold, variables }
}
