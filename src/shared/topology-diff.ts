import type { Topology } from './topology'

/** Which two states are compared. */
export type DiffLens = { kind: 'old-new' } | { kind: 'since'; snapshot: string } | { kind: 'plan' }

export type DifferenceSign = 'added' | 'removed' | 'changed' | 'reversed'

/** What follows from a difference, worst first; each is one group of the list. */
export const consequences = ['stops', 'answers', 'rights', 'durability', 'capacity', 'other', 'expected'] as const
export type Consequence = (typeof consequences)[number]

/** The groups in words; the tone is the colour of their marks. */
export const consequenceWords: Record<Consequence, { title: string; tone: 'dan' | 'att' | 'unk' }> = {
  stops: { title: 'Stops or breaks the move', tone: 'dan' },
  answers: { title: 'The application gets other answers', tone: 'att' },
  rights: { title: 'Somebody may do more or less', tone: 'att' },
  durability: { title: 'Commits may be lost', tone: 'att' },
  capacity: { title: 'Room and speed', tone: 'att' },
  other: { title: 'Other differences', tone: 'unk' },
  expected: { title: 'Expected', tone: 'unk' }
}

export type DifferenceArea = 'server' | 'link' | 'bridge' | 'dns' | 'variable' | 'account' | 'object' | 'extension'

export interface Acceptance {
  reason: string
  by: string
  at: number
}

/** One difference. `name`, `old` and `new` are texts of servers and people: data, never markup. */
export interface Difference {
  /** The same at every look; an acceptance hangs on it and on `seen`. */
  id: string
  sign: DifferenceSign
  consequence: Consequence
  area: DifferenceArea
  name: string
  /** What of it: `grants`, `type`, `value`. */
  what: string
  /** The database server whose facts these are; null: of the whole move. */
  server: string | null
  /** What it is marked on in the picture: the id of a server or link, `bridge`, `domain-…`. */
  mark: string | null
  old: string | null
  new: string | null
  /** Both sides are texts of lines, worth a text diff. */
  isText: boolean
  /** What follows from it, in a sentence or two. */
  why: string
  /** Changes when either side does: an acceptance then no longer holds. */
  seen: string
  accepted: Acceptance | null
}

/** Something that could not be asked, so that nothing is known of its differences. */
export interface UntoldPart {
  server: string
  part: string
  why: string
}

/** A server of the state before that is not there now. */
export interface GoneServer {
  id: string
  side: 'old' | 'new'
  words: string
}

export interface TopologyDiff {
  lens: DiffLens
  at: number
  tookMs: number
  /** The two states by name; null: of this moment. */
  before: { name: string; at: number | null }
  after: { name: string; at: number | null }
  differences: Difference[]
  /** Differences beyond the most that are told. */
  leftOut: number
  untold: UntoldPart[]
  gone: GoneServer[]
  /** What was compared, so that “no difference” says of what. */
  compared: { servers: number; variables: number; accounts: number; objects: number }
  /** Lens `plan`: the picture as it will be. */
  planned: Topology | null
}

/** How a snapshot came to be. */
export type SnapshotBy = 'hand' | 'before-run' | 'after-run' | 'schedule'

/** Differences that count: neither expected nor accepted. */
export const openDifferences = (diff: TopologyDiff): Difference[] =>
  diff.differences.filter((one) => one.consequence !== 'expected' && one.accepted === null)

/** A short text that changes with its arguments (FNV-1a, 2 × 32 bits); it guards nothing but a note. */
export const seenOf = (old: string | null, fresh: string | null): string => {
  const text = JSON.stringify([old, fresh])
  let [a, b] = [0x811c9dc5, 0x9747b28c]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193) >>> 0
    b = Math.imul(b ^ (code + at), 0x01000193) >>> 0
  }
  return `${a.toString(16).padStart(8, '0')}${b.toString(16).padStart(8, '0')}`
}
