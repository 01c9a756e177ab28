import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentViolations } from './boundaries/contents'
import { importViolations, waysTo } from './boundaries/imports'
import { parseSource, type Source } from './boundaries/source'

const root = join(import.meta.dirname, '../..')

const sourcesUnder = (folder: string, pattern: RegExp): Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => {
      const path = relative(root, join(root, folder, name))
        .split(sep)
        .join('/')
      return parseSource(path, readFileSync(join(root, path), 'utf8'))
    })

const src = sourcesUnder('src', /\.tsx?$/)
const around = [...sourcesUnder('test', /\.tsx?$/), ...sourcesUnder('scripts', /\.mjs$/)]

describe('the rooms of the house', () => {
  it('import only what is below them', () => {
    expect(importViolations(src)).toEqual([])
  })

  it('let the headless entry run without electron', () => {
    expect(src.map((source) => source.path)).toContain('src/main/cli.ts')
    expect(waysTo(src, 'src/main/cli.ts', 'electron')).toEqual([])
  })

  it('hold files of at most 300 lines, with named exports and no forbidden names', () => {
    expect(contentViolations([...src, ...around])).toEqual([])
  })
})

// So that a test's title is what it expects.
const violationFirst = ([path = '', text = '', violation = '']: string[]) => [violation, path, text] as const

const imports = (path: string, text: string) => importViolations([parseSource(path, text)])
const contents = (path: string, text: string) => contentViolations([parseSource(path, text)])

describe('the import rules find', () => {
  it.each(
    [
      ['src/shared/a.ts', "import fs from 'node:fs'", "src/shared/a.ts:1 shared may not import Node's node:fs"],
      [
        'src/shared/a.ts',
        "import { x } from '../main/ssh/x'",
        'src/shared/a.ts:1 shared may not import ssh (../main/ssh/x)'
      ],
      [
        'src/main/ssh/a.ts',
        "import { x } from '../mysql/x'",
        'src/main/ssh/a.ts:1 ssh may not import mysql (../mysql/x)'
      ],
      [
        'src/main/mysql/a.ts',
        "\nimport net from 'node:net'",
        'src/main/mysql/a.ts:2 mysql never dials, it is handed a stream (node:net)'
      ],
      ['src/main/mysql/a.ts', "import 'ssh2'", 'src/main/mysql/a.ts:1 mysql may not import the package ssh2'],
      [
        'src/main/drift/a.ts',
        "const x = await import('electron')",
        'src/main/drift/a.ts:1 drift may not import the package electron'
      ],
      [
        'src/main/drift/a.ts',
        "import { x } from '../preflight/x'",
        'src/main/drift/a.ts:1 drift may not import preflight (../preflight/x)'
      ],
      [
        'src/main/drift/a.ts',
        "export { x } from '../store/x'",
        'src/main/drift/a.ts:1 drift may not import store (../store/x)'
      ],
      [
        'src/main/runbook/a.ts',
        "import { x } from 'node:fs'",
        "src/main/runbook/a.ts:1 runbook may not import Node's node:fs"
      ],
      [
        'src/main/runbooks/a/b.ts',
        "import type { X } from '../../store/x'",
        'src/main/runbooks/a/b.ts:1 runbooks may not import store (../../store/x)'
      ],
      [
        'src/main/report/a.ts',
        "import { x } from '../runbook/run'",
        'src/main/report/a.ts:1 report may not import runbook (../runbook/run)'
      ],
      [
        'src/main/ipc/a.ts',
        "import { x } from '../mysql/x'",
        'src/main/ipc/a.ts:1 ipc may not import mysql (../mysql/x)'
      ],
      [
        'src/main/cli.ts',
        "import { app } from 'electron'",
        'src/main/cli.ts:1 cli may not import the package electron'
      ],
      [
        'src/main/store/moves.ts',
        "import { app } from 'electron'",
        'src/main/store/moves.ts:1 store may not import the package electron'
      ],
      [
        'src/renderer/stations/a.tsx',
        "import { x } from '../api'",
        'src/renderer/stations/a.tsx:1 renderer/stations may not import renderer/api (../api)'
      ],
      [
        'src/renderer/parts/a.tsx',
        "import type { X } from '../../shared/x'",
        'src/renderer/parts/a.tsx:1 renderer/parts may not import shared (../../shared/x)'
      ],
      [
        'src/renderer/parts/a.tsx',
        "type X = import('../state/x').X",
        'src/renderer/parts/a.tsx:1 renderer/parts may not import renderer/state (../state/x)'
      ],
      ['src/main/extras/a.ts', '', 'src/main/extras/a.ts:1 belongs to no room of test/unit/boundaries/rooms.ts']
    ].map(violationFirst)
  )('%s', (violation, path, text) => {
    expect(imports(path, text)).toEqual([violation])
  })

  it('nothing in imports that the table allows', () => {
    expect(imports('src/main/drift/a.ts', "import { x } from '../mysql/x'\nimport { y } from './y'")).toEqual([])
    expect(imports('src/main/mysql/a.ts', "import { isIP } from 'node:net'")).toEqual([])
    expect(imports('src/main/store/keyring-worker.ts', "import keytar from 'keytar'\nimport 'electron'")).toEqual([])
    expect(imports('src/main/report/a.ts', "import { fold } from '../runbook/fold'")).toEqual([])
    expect(imports('src/main/runbook/a.ts', "import type { X } from 'node:stream'")).toEqual([])
    expect(imports('src/renderer/stations/a/b.tsx', "import { x } from '@xyflow/react'\nimport './b.css'")).toEqual([])
  })

  it('electron behind several files, but not behind an erased import', () => {
    const cli = parseSource('src/main/cli.ts', "import { a } from './engine'\nimport type { App } from 'electron'")
    const engine = parseSource('src/main/engine.ts', "import { b } from './store/secrets'")
    const secrets = parseSource('src/main/store/secrets.ts', "\nimport { utilityProcess } from 'electron'")
    expect(waysTo([cli, engine], 'src/main/cli.ts', 'electron')).toEqual([])
    expect(waysTo([cli, engine, secrets], 'src/main/cli.ts', 'electron')).toEqual([
      'src/main/cli.ts → src/main/engine.ts → src/main/store/secrets.ts:2 → electron'
    ])
  })
})

describe('the rules for contents find', () => {
  it.each(
    [
      ['src/main/engine.ts', 'export default 1', 'src/main/engine.ts:1 no default exports'],
      ['src/main/engine.ts', 'export default function a() {}', 'src/main/engine.ts:1 no default exports'],
      ['src/main/engine.ts', 'const a = 1\nexport { a as default }', 'src/main/engine.ts:2 no default exports'],
      [
        'src/main/desktop/a.ts',
        "ipcMain.handle('x', f)",
        'src/main/desktop/a.ts:1 ipcMain is used in src/main/ipc only (ipcMain)'
      ],
      [
        'src/renderer/app.tsx',
        '<p dangerouslySetInnerHTML={x} />',
        'src/renderer/app.tsx:1 neither eval nor raw HTML (dangerouslySetInnerHTML)'
      ],
      ['src/renderer/app.tsx', 'p.innerHTML = x', 'src/renderer/app.tsx:1 neither eval nor raw HTML (innerHTML)'],
      ['src/shared/a.ts', "new Function('x')", 'src/shared/a.ts:1 no code from strings (Function)'],
      ['src/shared/a.ts', "\nconsole.log('x')", 'src/shared/a.ts:2 only the command line client prints (log)'],
      ['src/main/ssh/a.ts', 'net.createServer()', 'src/main/ssh/a.ts:1 the app opens no listening port (createServer)'],
      [
        'src/renderer/state/a.ts',
        'window.siteswap.call()',
        'src/renderer/state/a.ts:1 only src/renderer/api.ts touches window (window)'
      ],
      [
        'src/main/drift/a.ts',
        'if (identity.versionNumbers[0] > 9) go()',
        'src/main/drift/a.ts:1 versions are compared in src/main/mysql only, elsewhere they are shown (versionNumbers)'
      ],
      [
        'src/renderer/stations/a.tsx',
        'const { versionNumbers } = identity',
        'src/renderer/stations/a.tsx:1 versions are compared in src/main/mysql only, elsewhere they are shown (versionNumbers)'
      ],
      ['test/a.ts', 'x\n'.repeat(301), 'test/a.ts:301 has more than 300 lines']
    ].map(violationFirst)
  )('%s', (violation, path, text) => {
    expect(contents(path, text)).toEqual([violation])
  })

  it('a second window factory', () => {
    const factory = (name: string) => parseSource(`src/main/desktop/${name}.ts`, 'const a = { webPreferences: {} }')
    expect(contentViolations([factory('window'), factory('other')])).toEqual([
      'src/main/desktop/other.ts:1 a second file sets webPreferences'
    ])
  })

  it('nothing in words that only look alike', () => {
    expect(contents('src/renderer/state/a.ts', 'const a = { window: 1 }; a.window; b.log(1) // window')).toEqual([])
    expect(contents('src/main/cli.ts', "console.log('done')")).toEqual([])
    expect(contents('src/main/drift/a.ts', "show(identity.versionNumbers.join('.'))")).toEqual([])
    expect(contents('src/main/mysql/a.ts', 'identity.versionNumbers[0] > 9')).toEqual([])
  })
})
