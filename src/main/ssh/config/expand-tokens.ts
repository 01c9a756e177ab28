import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { badLine, type ConfigPlace } from './config-failure'
import type { ConfigSurroundings } from './config-surroundings'

type Environment = Readonly<Record<string, string | undefined>>

const variable = (name: string, env: Environment, place: ConfigPlace): string => {
  const value = env[name]
  if (value !== undefined) return value
  throw badLine(place, `the environment variable ${name} is not set`, [
    'Set it for the program that starts Siteswap, or write the value into the config.'
  ])
}

/** `${NAME}` from the environment; one that is not set stops, as in ssh. */
export const expandVariables = (text: string, env: Environment, place: ConfigPlace): string =>
  text.replace(/\$\{([^}]*)\}/g, (_, name: string) => variable(name, env, place))

/** `~/…` is this account's home; another account's home is not looked up. */
export const expandTilde = (path: string, home: string): string =>
  path === '~' ? home : path.startsWith('~/') ? join(home, path.slice(2)) : path

/** Letters after `%` and what they stand for. */
export type Tokens = Readonly<Record<string, string>>

const token = (letter: string, tokens: Tokens, place: ConfigPlace): string => {
  if (letter === '%') return '%'
  const value = tokens[letter]
  if (value === undefined) throw badLine(place, `%${letter} stands for nothing here`)
  return value
}

/** `%h` and its like; a letter that is not there stops, as in ssh. */
export const expandTokens = (text: string, tokens: Tokens, place: ConfigPlace): string =>
  text.replace(/%(.?)/gs, (_, letter: string) => token(letter, tokens, place))

/** The target of one hop, as far as tokens speak of it. */
export interface TokenTarget {
  /** As typed. */
  original: string
  host: string
  port: number
  user: string
  hostKeyAlias: string | null
  jump: string
}

/** All tokens of paths: IdentityFile, IdentityAgent, UserKnownHostsFile. */
export const pathTokens = (target: TokenTarget, around: ConfigSurroundings): Tokens => {
  const l = around.localHost
  const connection = `${l}${target.host}${target.port}${target.user}${target.jump}`
  return {
    C: createHash('sha1').update(connection).digest('hex'),
    d: around.home,
    h: target.host,
    i: String(around.uid),
    j: target.jump,
    k: target.hostKeyAlias ?? target.original,
    L: l.split('.')[0] ?? l,
    l,
    n: target.original,
    p: String(target.port),
    r: target.user,
    u: around.localUser
  }
}

/** A path with home, tokens and variables put in; what a variable holds is not looked at again. */
export const expandPath = (path: string, tokens: Tokens, around: ConfigSurroundings, place: ConfigPlace): string =>
  expandTilde(path, around.home).replace(/%(.?)|\$\{([^}]*)\}/gs, (_, letter?: string, name?: string) =>
    letter === undefined ? variable(name ?? '', around.env, place) : token(letter, tokens, place)
  )
