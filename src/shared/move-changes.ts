import { type Move, type Site, serversOf } from './move'

/** One difference of two versions of a move: where it is, and what it was and became. */
export interface MoveChange {
  /** Server, domain or part of the move: `lis-db2`, `limits`. */
  subject: string
  /** The field's path as it stands in the file; empty: the whole subject. */
  field: string
  before: string | null
  after: string | null
}

const longest = 80

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text || '(empty)'
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Values by path, down to what is not an object; empty lists and objects are nothing. */
const leaves = (value: unknown, path: string, into: Map<string, unknown>): Map<string, unknown> => {
  if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path ? `${path}.${key}` : key, into)
  } else if (value !== undefined) into.set(path, value)
  return into
}

const fieldChanges = (subject: string, before: unknown, after: unknown): MoveChange[] => {
  const was = leaves(before, '', new Map())
  const is = leaves(after, '', new Map())
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((field) => ({
      subject,
      field,
      before: was.has(field) ? shown(was.get(field)) : null,
      after: is.has(field) ? shown(is.get(field)) : null
    }))
}

interface Named {
  key: string
  subject: string
  value: unknown
}

/** Things that have a name of their own: gone, come, or changed in some fields. */
const namedChanges = (before: Named[], after: Named[]): MoveChange[] => {
  const gone = before
    .filter((one) => !after.some((other) => other.key === one.key))
    .map(({ subject }) => ({ subject, field: '', before: 'in the move', after: null }))
  const rest = after.flatMap(({ key, subject, value }): MoveChange[] => {
    const was = before.find((one) => one.key === key)
    if (!was) return [{ subject, field: '', before: null, after: 'in the move' }]
    return fieldChanges(was.subject, was.value, value)
  })
  return [...gone, ...rest]
}

const namedIn = (move: Move): Named[] => [
  ...serversOf(move).map(({ side, server }) => ({
    key: `server ${side} ${server.id}`,
    subject: server.name,
    value: server
  })),
  ...move.domains.map((domain) => ({ key: `domain ${domain.name}`, subject: domain.name, value: domain })),
  ...move.pairs.map((pair) => ({
    key: `pair ${pair.old} ${pair.new}`,
    subject: `pair ${pair.old} ↔ ${pair.new}`,
    value: pair
  })),
  ...move.waivers.map((waiver) => {
    const subject = `waiver of ${waiver.check}${waiver.server ? ` on ${waiver.server}` : ''}`
    return { key: subject, subject, value: waiver }
  })
]

/** What a site says of itself, without its servers. */
const ownOf = ({ name, mark }: Site) => ({ name, mark })

/** What is different between two versions of a move, in the order of the file. Pure. */
export const changesBetween = (before: Move, after: Move): MoveChange[] => {
  const parts: [string, unknown, unknown][] = [
    ['move', { name: before.name, createdAt: before.createdAt }, { name: after.name, createdAt: after.createdAt }],
    ['old site', ownOf(before.old), ownOf(after.old)],
    ['new site', ownOf(before.new), ownOf(after.new)],
    ['bridge', before.bridge, after.bridge],
    ['schemas', before.schemas, after.schemas],
    ['canary', before.canary, after.canary],
    ['limits', before.thresholds, after.thresholds],
    ['snapshots', before.snapshots, after.snapshots],
    ['comparison by itself', before.driftSchedule, after.driftSchedule]
  ]
  const arranged = JSON.stringify(before.layout) !== JSON.stringify(after.layout)
  return [
    ...parts.flatMap(([subject, was, is]) => fieldChanges(subject, was, is)),
    ...namedChanges(namedIn(before), namedIn(after)),
    ...(arranged ? [{ subject: 'picture', field: '', before: 'as before', after: 'arranged anew' }] : [])
  ]
}

/** One change as a line: `lis-db2 · database.user: siteswap → dba`. */
export const changeLine = ({ subject, field, before, after }: MoveChange): string => {
  if (subject === 'picture') return 'picture arranged anew'
  if (field === '') return `${subject} ${after === null ? 'removed' : 'added'}`
  if (before === null) return `${subject} · ${field}: ${after}`
  return `${subject} · ${field}: ${before} → ${after ?? 'removed'}`
}

/** Many changes in a few words: the one line, or how many and of what. */
export const changesTitle = (changes: readonly MoveChange[]): string => {
  const [first] = changes
  if (!first) return 'no change'
  if (changes.length === 1) return changeLine(first)
  const subjects = [...new Set(changes.map((change) => change.subject))]
  const whose =
    subjects.length === 1
      ? ` of ${first.subject}`
      : ` of ${subjects.slice(0, 2).join(', ')}${subjects.length > 2 ? ' …' : ''}`
  return `${changes.length} changes${whose}`
}
