import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
]
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Texts between the marks of code, of a line or of a block. */
const codeIn = (text: string): string[] => text.match(/```[\s\S]*?```|`[^`\n]+`/g) ?? []

/** Targets of links and pictures that lie in the repository. */
const linksIn = (text: string): string[] =>
  [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))

/** Paths that a page names as code; those with a placeholder (`<name>`, `*`, `…`) stand for many. */
const pathsIn = (text: string): string[] =>
  codeIn(text)
    .flatMap((code) => code.match(/(?<![\w/.])(src|test|scripts|docs|\.ci)\/[^\s`'",;:()]+/g) ?? [])
    .filter((path) => !/[<>*…{}$]/.test(path) && !/[A-Z]{3}/.test(path))

/** Scripts of npm that a page tells to run. */
const scriptsIn = (text: string): string[] =>
  codeIn(text).flatMap((code) =>
    [...code.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map((match) => match[1] ?? match[2] ?? '')
  )

const gone = (path: string, targets: string[], from: string) =>
  targets
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => !existsSync(join(root, from, target)))
    .map((target) => `${path}: ${target}`)

describe('what README and docs speak of', () => {
  it('links lead somewhere', () => {
    expect(pages.flatMap((path) => gone(path, linksIn(read(path)), dirname(path)))).toEqual([])
  })

  it('paths exist', () => {
    expect(pages.flatMap((path) => gone(path, pathsIn(read(path)), '.'))).toEqual([])
  })

  it('npm scripts exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = pages.flatMap((path) => scriptsIn(read(path)))
    expect(named).toContain('demo')
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })
})

describe('the reading of pages finds', () => {
  it('links and pictures, not those of the web or in a block of code', () => {
    expect(linksIn('[a](b.md#c) ![d](e.svg) [f](https://g.h) [i](#j)\n```\n[k](l)\n```')).toEqual(['b.md#c', 'e.svg'])
  })

  it('paths and scripts in code only, without placeholders', () => {
    const text =
      'src/no `src/a/b.ts` `test/x-*.ts` `src/<room>/c.ts` npm run no `npm run lab -- up`\n```\nnpm test\n```'
    expect(pathsIn(text)).toEqual(['src/a/b.ts'])
    expect(scriptsIn(text)).toEqual(['lab', 'test'])
  })
})
