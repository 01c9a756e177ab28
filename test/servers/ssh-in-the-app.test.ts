import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import type { TriedExchange } from './own/offered-algorithms'

const electron: string = createRequire(import.meta.url)('electron')
const script = join(import.meta.dirname, 'own/offered-algorithms.ts')

it('every key exchange that the app offers works in its own runtime, and none of them stops the app for long', async () => {
  const { stdout } = await promisify(execFile)(electron, ['--import', 'tsx', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', USER: userInfo().username }
  })
  const told: { electron: string; tried: TriedExchange[] } = JSON.parse(stdout)
  expect(told.electron).toMatch(/^\d+\./)
  expect(told.tried.map(({ outcome }) => outcome)).toEqual(Array(6).fill('signed in'))
  // Group 14 takes a second; those that stay out take from six up, and the largest more than a minute.
  expect(told.tried.filter(({ workedMs }) => workedMs > 4000)).toEqual([])
}, 60_000)
