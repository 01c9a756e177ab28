import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// __dirname is what tsx, vitest and Playwright all know.
const here = __dirname
const tsxLoader = pathToFileURL(join(here, '../../node_modules/tsx/dist/loader.mjs')).href

/** A file of the lab's source folder. */
export const labSource = (...parts: string[]): string => join(here, ...parts)

/** The command line that runs a TypeScript file of the lab from any working folder. */
export const nodeProgram = (file: string, ...args: string[]): string[] => [
  process.execPath,
  '--import',
  tsxLoader,
  labSource(file),
  ...args
]
