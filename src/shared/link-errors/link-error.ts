import type { LinkWords } from '../server'

/** What a person can do about a broken link; statements name the server they are for, `go` leads to a station. */
export interface LinkTry {
  title: string
  why?: string
  server?: string
  statements?: string[]
  go?: 'drift' | 'sites' | 'preflight' | 'seed' | 'bridge'
}

/** What an error code of a link says, in words for people. */
export interface LinkError {
  happened: string
  tries: LinkTry[]
  /** What is not offered, and why. */
  notOffered?: string
}

/** What the words are made from. */
export interface LinkNames {
  source: string
  replica: string
  text: string
  words: LinkWords
  /** The receiver fetches from the source, the applier writes on the replica; left out: not told apart. */
  part?: 'receiver' | 'applier'
  /** Whether the link goes through the bridge; left out: it does. */
  crossesSites?: boolean
}

/** Explains one code. */
export type Explain = (names: LinkNames) => LinkError

export const noSkip = 'Skipping the transaction is not offered: it would hide that the two servers differ.'

/** The link started again, in the words of its replica. */
export const startAgain = ({ replica, words }: LinkNames, why: string): LinkTry => ({
  title: 'Then start the link again',
  why,
  server: replica,
  statements: words.start
})

/** The link stopped, changed and started again. */
export const changed = (names: LinkNames, title: string, why: string, statements: string[]): LinkTry => ({
  title,
  why,
  server: names.replica,
  statements: [...names.words.stop, ...statements, ...names.words.start]
})

/** `on table shop.coupons`, as both servers write it. */
export const tableIn = (text: string): string | null =>
  /on table [`'"]?([\w$.`-]+?)[`'"]?[;,\s]/i.exec(text)?.[1] ?? null

/** ` of shop.coupons`, or nothing where no table is named. */
export const inTable = (word: 'into' | 'of' | 'in', text: string): string => {
  const table = tableIn(text)
  return table ? ` ${word} ${table}` : ''
}
