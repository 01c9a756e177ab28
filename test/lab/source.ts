import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

// __dirname is what tsx, vitest and Playwright all know.
const here = __dirname
const tsxLoader = pathToFileURL(join(here, '../../node_modules/tsx/dist/loader.mjs')).href

/** A file of the lab's source folder. */
export const labSource = (...parts: string[]): string => join(here, ...parts)

const built = new Map<string, string>()

/** A program of the lab as plain JavaScript in one file, made once: a lab starts ten of them, and tsx takes half a second of the processor for each. */
const builtProgram = (file: string): string => {
  const known = built.get(file)
  if (known) return known
  const { outputFiles } = buildSync({
    entryPoints: [labSource(file)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    write: false
  })
  const text = outputFiles[0]?.text ?? ''
  // Inside node_modules, so that it finds the packages; by what it holds, so that several test processes can share it.
  const dir = join(here, '../../node_modules/.cache/siteswap-lab')
  const name = `${basename(file, '.ts')}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
  const path = join(dir, `${name}.cjs`)
  if (!existsSync(path)) {
    mkdirSync(dir, { recursive: true })
    const mine = join(dir, `${name}.${process.pid}.new`)
    writeFileSync(mine, text)
    renameSync(mine, path)
  }
  built.set(file, path)
  return path
}

/** The command line that runs a program of the lab, one that needs none of its source files, from any working folder. */
export const labProgram = (file: string, ...args: string[]): string[] => [process.execPath, builtProgram(file), ...args]

/** The command line that runs a TypeScript file of the lab from any working folder. */
export const nodeProgram = (file: string, ...args: string[]): string[] => [
  process.execPath,
  '--import',
  tsxLoader,
  labSource(file),
  ...args
]
