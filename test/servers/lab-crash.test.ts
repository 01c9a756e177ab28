import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { remainsOf, sweepLabs } from '../lab/down'
import { isRunning, until } from '../lab/processes'
import { nodeProgram } from '../lab/source'
import { readState } from '../lab/state'
import { labDirs, nothing } from './own/lab-dir'

const dirs = labDirs()
afterAll(() => dirs.remove())

describe('a crashed lab', () => {
  it('is taken down by its keeper when its owner is killed', async () => {
    const dir = dirs.fresh()
    const [program, ...args] = nodeProgram('up-and-wait.ts', dir)
    const owner = spawn(program ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise<void>((done, fail) => {
      owner.stdout.on('data', () => done())
      owner.once('exit', (code) => fail(new Error(`the owner ended with ${code}`)))
    })
    const state = readState(dir)
    if (!state) throw new Error('no lab')
    expect(state.processes.filter(isRunning).length).toBeGreaterThan(15)
    owner.kill('SIGKILL')
    await until(
      async () => !existsSync(dir) && (await remainsOf(state.id, dir)).pids.length === 0,
      60_000,
      'the keeper did not take the lab down'
    )
    expect(await remainsOf(state.id, dir)).toEqual(nothing)
  }, 120_000)

  it('takes down what it had started when it is asked to stop half-way', async () => {
    const dir = dirs.fresh()
    const [program, ...args] = nodeProgram('cli.ts', 'up', '--dir', dir, '--scale', '0.01')
    const creator = spawn(program ?? '', args, { stdio: 'ignore' })
    const exited = new Promise<number | null>((done) => creator.once('exit', done))
    const state = await until(() => readState(dir), 60_000, 'the lab does not begin')
    creator.kill('SIGTERM')
    expect(await exited).toBe(1)
    expect(await remainsOf(state.id, dir)).toEqual(nothing)
  }, 90_000)

  it('is cleared by the next run when it was killed half-way up', async () => {
    const dir = dirs.fresh()
    const [program, ...args] = nodeProgram('cli.ts', 'up', '--dir', dir, '--scale', '0.01')
    const creator = spawn(program ?? '', args, { stdio: 'ignore' })
    const exited = new Promise((done) => creator.once('exit', done))
    const state = await until(
      () => {
        const seen = readState(dir)
        return seen && seen.processes.length >= 3 ? seen : undefined
      },
      60_000,
      'the lab does not begin'
    )
    creator.kill('SIGKILL')
    await exited
    expect(state.phase).toBe('starting')
    expect(await sweepLabs()).toContain(dir)
    expect(await remainsOf(state.id, dir)).toEqual(nothing)
  }, 90_000)
})
