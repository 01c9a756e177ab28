import type { Evidence, Remedy } from '../../shared/finding'
import { variableName, variableOf } from '../mysql/variables'
import { type Fact, type ServerFacts, value } from './facts'

const rowsShown = 50

/** The variables named, as this server answered them. */
export const variablesShown = (server: ServerFacts, ...names: string[]): Evidence => {
  const all = value(server.variables)
  const answer = names.map((name) => [variableName(all, name), variableOf(all, name) ?? '(has none)'])
  return { ...server.variables.evidence, columns: ['Variable_name', 'Value'], answer }
}

/** A variable under its name of today; undefined: this server has none. */
export const variable = (server: ServerFacts, name: string): string | undefined =>
  variableOf(value(server.variables), name)

/** The name under which this server knows the variable, for remedies. */
export const ownName = (server: ServerFacts, name: string): string => variableName(value(server.variables), name)

/** The part of an answer that matters, in columns of our choice. */
export const shown = (fact: Fact<unknown>, columns: string[], answer: string[][]): Evidence => ({
  ...fact.evidence,
  columns,
  answer: answer.slice(0, rowsShown)
})

interface RemedyWords {
  text: string
  server?: ServerFacts
  statements?: string[]
  undo?: string[]
  safe?: boolean
}

export const remedy = (words: RemedyWords): Remedy => ({
  text: words.text,
  server: words.server?.server ?? null,
  statements: words.statements ?? [],
  undo: words.undo ?? [],
  safe: words.safe ?? false
})

/** `SET GLOBAL` with its undo to what it is now. */
export const setVariable = (server: ServerFacts, name: string, to: string, text: string, safe: boolean): Remedy => {
  const own = ownName(server, name)
  const now = variable(server, name) ?? ''
  return remedy({
    text,
    server,
    statements: [`SET GLOBAL ${own} = ${literal(to)}`],
    undo: [`SET GLOBAL ${own} = ${literal(now)}`],
    safe
  })
}

/** The same value on the passive server as on the active one. */
export const asOnActive = (active: ServerFacts, passive: ServerFacts, name: string): Remedy =>
  setVariable(
    passive,
    name,
    variable(active, name) ?? '',
    `${name} as on ${active.name}; write it into the configuration as well.`,
    true
  )

const literal = (text: string): string => (/^-?\d+(\.\d+)?$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`)

/** `1 table`, `2 tables`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** The first names, and how many more. */
export const some = (names: readonly string[], limit = 3): string =>
  names.length <= limit ? names.join(', ') : `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`

/** `42 s`, `3 min`, `2 h`. */
export const duration = (seconds: number): string =>
  seconds < 120
    ? `${Math.round(seconds)} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : seconds < 172_800
        ? `${Math.round(seconds / 3600)} h`
        : `${Math.round(seconds / 86_400)} d`
