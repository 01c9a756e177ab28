import { builtinModules } from 'node:module'
import { keychainFiles, roomOf, rooms } from './rooms'
import type { Import, Source } from './source'

const builtins = new Set(builtinModules)
const isBuiltin = (specifier: string) => specifier.startsWith('node:') || builtins.has(specifier)
const isAsset = (specifier: string) => /\.(css|svg|png|woff2?)$/.test(specifier)
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
const bare = (path: string) => path.replace(/\.tsx?$/, '')

const judge = (source: Source, room: string, wanted: Import): string | null => {
  const may = rooms[room]
  if (!may) return null
  const { specifier, target, typeOnly } = wanted
  if (target !== null) {
    const other = roomOf(target)
    if (other === room || may.rooms.includes(target) || (other !== null && may.rooms.includes(other))) return null
    if (isAsset(specifier) && room.startsWith('renderer/') && /^(src\/renderer|resources)\//.test(target)) return null
    return `${room} may not import ${other ?? target} (${specifier})`
  }
  if (isBuiltin(specifier)) {
    const onlyReads = wanted.names?.every((name) => /^isIP/.test(name))
    if (room === 'mysql' && !onlyReads && /^(node:)?(net|dgram|http2?|https)$/.test(specifier))
      return `mysql never dials, it is handed a stream (${specifier})`
    if (may.node === true || (may.node === 'types' && typeOnly)) return null
    return `${room} may not import Node's ${specifier}`
  }
  const name = packageOf(specifier)
  if (may.packages.includes(name)) return null
  if (name === 'electron' && keychainFiles.test(bare(source.path))) return null
  return `${room} may not import the package ${name}`
}

/** Every import of these files that the table of rooms does not allow: `file:line rule`. */
export const importViolations = (sources: Source[]): string[] =>
  sources.flatMap((source) => {
    const room = roomOf(source.path)
    if (room === null) return [`${source.path}:1 belongs to no room of test/unit/boundaries/rooms.ts`]
    return source.imports.flatMap((wanted) => {
      const broken = judge(source, room, wanted)
      return broken === null ? [] : [`${source.path}:${wanted.line} ${broken}`]
    })
  })

/** The ways from one file to a package over imports that exist at run time, as chains of files. */
export const waysTo = (sources: Source[], start: string, name: string): string[] => {
  const byPath = new Map(sources.map((source) => [bare(source.path), source]))
  const find = (target: string) => byPath.get(target) ?? byPath.get(`${target}/index`)
  const seen = new Set<string>()
  const ways: string[] = []
  const walk = (source: Source, trail: string[]): void => {
    if (seen.has(source.path)) return
    seen.add(source.path)
    const here = [...trail, source.path]
    for (const wanted of source.imports) {
      if (wanted.typeOnly) continue
      if (wanted.target === null) {
        if (packageOf(wanted.specifier) === name) ways.push(`${here.join(' → ')}:${wanted.line} → ${name}`)
        continue
      }
      const next = find(wanted.target)
      if (next) walk(next, here)
    }
  }
  const first = find(bare(start))
  if (first) walk(first, [])
  return ways
}
