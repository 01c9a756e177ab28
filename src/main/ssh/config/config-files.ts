import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fail } from '../../../shared/failure'
import { badLine, type ConfigPlace } from './config-failure'
import { readConfigLine, splitArguments } from './config-line'
import type { ConfigSource, ConfigSurroundings } from './config-surroundings'
import { expandGlob } from './expand-glob'
import { expandVariables } from './expand-tokens'

/** A line with its place; `args` null: a quote is left open. */
export interface ConfigOption extends ConfigPlace {
  kind: 'option'
  keyword: string
  option: string
  rest: string
  args: string[] | null
  /** Stands in the person's own config, not in the machine's. */
  own: boolean
}

/** The files an `Include` brings in, in order. */
export interface ConfigInclude {
  kind: 'include'
  files: ConfigNode[][]
}

export type ConfigNode = ConfigOption | ConfigInclude

const sizeLimit = 1024 * 1024
const fileLimit = 256
/** As deep as OpenSSH goes. */
const depthLimit = 16

const missing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** The text of a config file; null: there is none. OpenSSH refuses one that others may write to, and so does Siteswap. */
const textOf = async (file: string, checkOwner: boolean, uid: number): Promise<string | null> => {
  try {
    const found = await stat(file)
    if (!found.isFile() || found.size > sizeLimit)
      throw fail('storage', 'An ssh config file cannot be used.', {
        where: file,
        why: found.isFile() ? 'It is larger than 1 MiB.' : 'It is not a regular file.',
        try: ['Look at the Include lines of your ssh config.']
      })
    const foreign = found.uid !== 0 && found.uid !== uid
    if (checkOwner && process.platform !== 'win32' && (foreign || (found.mode & 0o022) !== 0))
      throw fail('storage', 'Others may change this ssh config file, so neither ssh nor Siteswap uses it.', {
        where: file,
        why: foreign ? 'It belongs to another account.' : 'Group or others may write to it.',
        try: [`Take their right away: \`chmod go-w ${file}\`.`]
      })
    return await readFile(file, 'utf8')
  } catch (error) {
    if (missing(error)) return null
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw fail('storage', 'An ssh config file could not be read.', {
      where: file,
      code: (error as NodeJS.ErrnoException).code,
      try: ['Make the file readable for this account.']
    })
  }
}

/** Reads config files with everything they include. */
export const readConfigFiles = async (
  sources: readonly ConfigSource[],
  around: ConfigSurroundings
): Promise<ConfigNode[][]> => {
  let read = 0

  const pathOf = (argument: string, own: boolean, place: ConfigPlace): string => {
    const path = expandVariables(argument, around.env, place)
    if (path === '~' || path.startsWith('~/')) {
      if (!own) throw badLine(place, `the machine’s config may not include ${path}`)
      return join(around.home, path.slice(1))
    }
    if (isAbsolute(path)) return path
    return join(own ? join(around.home, '.ssh') : '/etc/ssh', path)
  }

  const load = async (source: ConfigSource, depth: number): Promise<ConfigNode[] | null> => {
    if (depth > depthLimit || ++read > fileLimit)
      throw fail('invalid', 'Your ssh config includes files without an end.', {
        where: source.file,
        try: ['Look for an Include that brings in its own file.']
      })
    const text = await textOf(source.file, source.checkOwner, around.uid)
    if (text === null) return null
    const nodes: ConfigNode[] = []
    for (const [index, raw] of text.split('\n').entries()) {
      // A very long config must not hold up the window.
      if (index % 500 === 499) await setImmediate()
      const found = readConfigLine(raw)
      if (!found) continue
      const place = { file: source.file, line: index + 1 }
      const args = splitArguments(found.rest)
      if (found.keyword !== 'include') {
        nodes.push({ kind: 'option', ...found, ...place, args, own: source.own })
        continue
      }
      if (!args || args.length === 0 || args.includes('')) throw badLine(place, 'Include names no file')
      const files: ConfigNode[][] = []
      for (const argument of args)
        for (const file of await expandGlob(pathOf(argument, source.own, place))) {
          const included = await load({ file, own: source.own, checkOwner: true }, depth + 1)
          if (included) files.push(included)
        }
      nodes.push({ kind: 'include', files })
    }
    return nodes
  }

  const all: ConfigNode[][] = []
  for (const source of sources) {
    const nodes = await load(source, 0)
    if (nodes) all.push(nodes)
  }
  return all
}
