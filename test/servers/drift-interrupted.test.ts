import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DriftKeepsake } from '../../src/main/drift/keepsake'
import { makeReach } from '../../src/main/reach/make-reach'
import { type DriftPace, type DriftState, driftVerdict, type TableVerdict } from '../../src/shared/drift'
import { databaseSecret, secretEnvName } from '../../src/shared/secret'
import { runCli, startCli } from './own/cli-program'
import { startCutLine } from './own/cut-line'
import { type DriftPair, driftPassword, moveOf, startDriftPair } from './own/drift-pair'

const rows = 120_000

const verdictOf = (state: DriftState, table: string): TableVerdict | undefined => {
  if (state.kind === 'never' || state.kind === 'failed') throw new Error(JSON.stringify(state))
  return state.tables.find((one) => one.table === table)?.verdict
}

describe.each(['m1011', 'my97'] as const)('a comparison on %s that is disturbed', (flavour) => {
  let pair: DriftPair

  beforeAll(async () => {
    pair = await startDriftPair(flavour, ['shop'])
    for (const side of ['old', 'new'] as const)
      await pair[side].asRoot(
        'SET SESSION sql_log_bin = 0',
        'CREATE DATABASE shop',
        'CREATE TABLE shop.digits (n INT PRIMARY KEY)',
        `INSERT INTO shop.digits VALUES ${Array.from({ length: 1000 }, (_, index) => `(${index})`).join(',')}`,
        'CREATE TABLE shop.large (id INT PRIMARY KEY, a VARCHAR(40), secret VARCHAR(20))',
        `INSERT INTO shop.large SELECT a.n * 1000 + b.n, CONCAT('row ', b.n), 'x' FROM shop.digits a, shop.digits b WHERE a.n < ${rows / 1000}`,
        'ANALYZE TABLE shop.large',
        'CREATE VIEW shop.seen AS SELECT id FROM shop.large'
      )
    await pair.new.asRoot("UPDATE shop.large SET a = 'drifted' WHERE id IN (5, 60000, 119999)")
  })
  afterAll(async () => {
    await pair?.stop()
  })

  const differs = { kind: 'differs', rows: 3, kinds: { changed: 3, missing: 0, extra: 0 } }

  /** Does something to a comparison when it has judged the first part of the large table. */
  const halfway = async (
    act: (run: ReturnType<DriftPair['compare']>) => void | Promise<void>,
    more: Parameters<DriftPair['compare']>[0] = {}
  ): Promise<{ state: DriftState; run: ReturnType<DriftPair['compare']> }> => {
    let acted: Promise<void> | null = null
    const run = pair.compare({
      ...more,
      keep: (kept) => {
        if (acted || !kept?.open.length) return
        acted = Promise.resolve()
        acted = Promise.resolve(act(run))
      }
    })
    const state = await run.done
    await acted
    expect(acted).not.toBeNull()
    return { state, run }
  }

  it('goes on with new sessions when its own are killed', async () => {
    const { state } = await halfway(async () => {
      for (const side of ['old', 'new'] as const) {
        const root = await pair[side].root()
        const [sessions] = await root.query("SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'reader'")
        for (const { id } of sessions as { id: number }[]) await root.query(`KILL ${id}`).catch(() => {})
        await root.end()
      }
    })
    expect(verdictOf(state, 'large')).toMatchObject(differs)
    expect(verdictOf(state, 'digits')).toMatchObject({ kind: 'same' })
    expect(verdictOf(state, 'seen')).toEqual({ kind: 'left-out', why: expect.stringContaining('view') })
  })

  /** Comes to the halfway mark, harms it, lets it go on after a while. */
  const harmed = async (
    act: () => Promise<void> | void,
    more: Parameters<DriftPair['compare']>[0] = {}
  ): Promise<{ state: DriftState; paces: string[] }> => {
    const paces: string[] = []
    const { state } = await halfway(act, {
      ...more,
      onChange: (next) => next.kind === 'running' && next.pace && 'why' in next.pace && paces.push(next.pace.why)
    })
    return { state, paces }
  }

  it('goes on when both servers are restarted under it, and says what it waits for', async () => {
    const { state, paces } = await harmed(async () => {
      await Promise.all([pair.old.restart(), pair.new.restart()])
    })
    expect(verdictOf(state, 'large')).toMatchObject(differs)
    expect(verdictOf(state, 'digits')).toMatchObject({ kind: 'same' })
    expect(paces).toContain('the line to a server was lost')
  })

  it('goes on when the network falls apart and comes back, cut or silent', async () => {
    const line = await startCutLine(pair.new.port)
    const move = moveOf({ old: pair.old.port, new: line.port }, ['shop'])
    const reach = makeReach({ move, secrets: { get: async () => driftPassword }, askHostKey: null })
    try {
      for (const harm of [line.cut, line.silence]) {
        const { state } = await harmed(
          async () => {
            harm()
            await new Promise((resolve) => setTimeout(resolve, 1200))
            line.heal()
          },
          { reach, move }
        )
        expect(verdictOf(state, 'large')).toMatchObject(differs)
        expect(verdictOf(state, 'digits')).toMatchObject({ kind: 'same' })
      }
    } finally {
      await reach.close()
      await line.stop()
    }
  })

  it('rests while it is paused and tells so, and ends right when it goes on', async () => {
    const paces: DriftPace[] = []
    const { state } = await halfway(
      (run) => {
        run.pause()
        setTimeout(() => run.resume(), 700)
      },
      { onChange: (next) => next.kind === 'running' && next.pace && paces.push(next.pace) }
    )
    expect(paces.map((pace) => pace.kind)).toContain('paused')
    expect(verdictOf(state, 'large')).toMatchObject(differs)
  })

  it('goes on where it stopped, with what it had found', async () => {
    let kept: DriftKeepsake | null = null
    const stop = new AbortController()
    const keep = (next: DriftKeepsake | null): void => {
      kept = next && structuredClone(next)
      if (next?.open.length) stop.abort()
    }
    const first = await pair.compare({ signal: stop.signal, keep }).done
    expect(first).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } })
    const mark = (kept as DriftKeepsake | null)?.open[0]
    expect(mark).toMatchObject({ table: 'large' })
    const dones: number[] = []
    const run = pair.compare({
      kept,
      onChange: (next) => {
        if (next.kind !== 'running') return
        const verdict = verdictOf(next, 'large')
        if (verdict?.kind === 'comparing') dones.push(verdict.doneRows)
      }
    })
    const state = await run.done
    expect(state).toMatchObject({ kind: 'done', id: first.kind === 'failed' && first.id })
    expect(Math.min(...dones)).toBeGreaterThanOrEqual(mark?.rows ?? Number.NaN)
    const verdict = verdictOf(state, 'large')
    expect(verdict).toMatchObject(differs)
    // Half of it was seen by the first one: the verdict is no younger.
    const savedAt = (kept as DriftKeepsake | null)?.savedAt ?? Number.NaN
    expect(verdict && 'at' in verdict && verdict.at).toBeLessThanOrEqual(savedAt)
    expect(run.rowsOf('shop', 'large').map((row) => row.key.id)).toEqual(['5', '60000', '119999'])
  })

  it('goes on where it stopped when the program was killed', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'siteswap-killed-'))
    try {
      const file = join(dir, 'shop.siteswap.json')
      await writeFile(file, JSON.stringify(pair.move))
      const env = Object.fromEntries(
        ['old-db', 'new-db'].map((server) => [secretEnvName(databaseSecret(server)), driftPassword])
      )
      const plan = { env: { ...env, SITESWAP_DATA: join(dir, 'data') } }
      const left = async (): Promise<DriftKeepsake | null> => {
        for (const name of await readdir(join(dir, 'data'), { recursive: true }).catch(() => []))
          if (name.endsWith('drift.json')) {
            const text = await readFile(join(dir, 'data', name), 'utf8').catch(() => '')
            const { keepsake } = JSON.parse(text || '{"keepsake":null}') as { keepsake: DriftKeepsake | null }
            if (keepsake?.open.length) return keepsake
          }
        return null
      }
      const killed = startCli(['drift', file, '--pace', 'gentle'], plan)
      let before: DriftKeepsake | null = null
      while (!before && killed.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        before = await left()
      }
      killed.kill('SIGKILL')
      await new Promise((resolve) => (killed.signalCode ? resolve(null) : killed.once('close', resolve)))
      expect(killed.signalCode).toBe('SIGKILL')
      expect(before?.open).toMatchObject([{ table: 'large' }])
      const { code, stdout, stderr } = await runCli(['drift', file, '--pace', 'full', '--json'], plan)
      expect(code, stderr).toBe(1)
      const state = JSON.parse(stdout) as DriftState
      expect(state).toMatchObject({ kind: 'done', id: before?.id, since: before?.since })
      expect(verdictOf(state, 'large')).toMatchObject(differs)
      expect(await left()).toBeNull()
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  })

  it('compares only what it is asked for, and opens no gate by it', async () => {
    const state = await pair.compare({ wish: { only: ['shop.digits'] } }).done
    expect(verdictOf(state, 'digits')).toMatchObject({ kind: 'same' })
    expect(verdictOf(state, 'large')).toEqual({ kind: 'left-out', why: 'not asked for this time' })
    expect(driftVerdict(state)).toBe('inconclusive')
  })

  it('leaves out tables and columns by choice, and says so', async () => {
    const state = await pair.compare({
      wish: {
        without: ['shop.digits'],
        withoutColumns: { 'shop.large.a': 'written by each site itself' },
        strong: true
      }
    }).done
    expect(verdictOf(state, 'digits')).toEqual({ kind: 'left-out', why: 'left out by choice' })
    expect(verdictOf(state, 'large')).toMatchObject({
      kind: 'same',
      note: 'column a was left out: written by each site itself'
    })
    expect(driftVerdict(state)).toBe('equal')
  })

  it('calls a table inconclusive whose definition changes meanwhile, and goes on with the rest', async () => {
    const { state } = await halfway(async (run) => {
      run.pause()
      await pair.old.asRoot('SET SESSION sql_log_bin = 0', 'ALTER TABLE shop.large ADD COLUMN late INT')
      run.resume()
    })
    expect(verdictOf(state, 'large')).toMatchObject({
      kind: 'inconclusive',
      why: 'the table’s definition changed while it was compared; compare again'
    })
    expect(verdictOf(state, 'digits')).toMatchObject({ kind: 'same' })
  })
})
