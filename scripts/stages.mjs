// The parts of `npm test` and `npm run check`, and what runs them one after the other.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { stageResults } from './results.mjs'
import { duration } from './say.mjs'
import { root } from './setup.mjs'

const at = (...parts) => path.join(root, ...parts)
const folder = at('test-results/stages')
const minutes = (count) => count * 60_000
const node = process.execPath

function vitest(name, projects, deadlineMs) {
  const file = path.join(folder, `${name}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const command = [node, at('node_modules/vitest/vitest.mjs'), 'run', ...chosen, ...reporters]
  return { name, command, deadlineMs, report: { kind: 'vitest', file } }
}

const appReport = path.join(folder, 'app.json')

/** Each stage: its name, what to start, how long it may take, and where it writes its results (none: its exit status counts as one). */
export const stages = {
  types: {
    name: 'types',
    command: [node, at('node_modules/typescript/bin/tsc'), '--noEmit', '-p', at('tsconfig.json')],
    deadlineMs: minutes(6)
  },
  lint: {
    name: 'lint',
    command: [node, at('node_modules/@biomejs/biome/bin/biome'), 'check', '.'],
    deadlineMs: minutes(4)
  },
  unit: vitest('unit', ['unit'], minutes(8)),
  scenarios: vitest('scenarios', ['scenarios'], minutes(8)),
  servers: vitest('servers', ['servers'], minutes(18)),
  timed: vitest('timed', ['timed'], minutes(12)),
  faults: vitest('faults', ['faults'], minutes(14)),
  app: {
    name: 'app',
    command: [
      ...['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24', at('scripts/with-keyring.sh')],
      ...[
        node,
        at('node_modules/@playwright/test/cli.js'),
        'test',
        '--reporter=list,json',
        `--output=${at('test-results/app')}`
      ]
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: appReport },
    deadlineMs: minutes(14),
    report: { kind: 'playwright', file: appReport }
  }
}

// A run that hangs ends here, with its line of totals; a quiet machine needs about half of it.
const BUDGET_MS = minutes(40)

/** One spec with the real window on a lab of one flavour; the window lives on the lab's operator host. */
function journey(spec, flavour, deadlineMs, env = {}) {
  const file = path.join(folder, `${spec}-${flavour}.json`)
  return {
    name: `${spec}-${flavour}`,
    command: [
      ...['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24'],
      ...[node, '--import', 'tsx', at('test/journey/run-in-lab.ts'), flavour, `${spec}.spec`, '--reporter=list,json']
    ],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    deadlineMs,
    report: { kind: 'playwright', file }
  }
}

/** A small shop is soon compared; what is killed and reopened does not depend on its size. */
const smallShop = { SITESWAP_LAB_SCALE: '0.02' }

const kill = (flavour, env = {}) => journey('kill', flavour, minutes(14), { ...smallShop, ...env })

/** The whole move by a person's clicks, on both. */
const journeys = [journey('journey', 'm1011', minutes(16)), journey('journey', 'my97', minutes(16))]

/** The whole move by a person's clicks, and the app killed in the middle of it; on MariaDB the kills of the engine alone are among the faults. */
export const windowStages = [...journeys, kill('my97')]

/** The window killed at every moment on both; only when asked for, as it takes some minutes more. */
const everyMoment = { SITESWAP_KILLS: 'all' }
export const kills = [kill('m1011', everyMoment), kill('my97', everyMoment)]

const checks = [stages.types, stages.lint, stages.unit, stages.scenarios]

/** The fast stages, without servers and without a window; none measures anything, so they run side by side. */
export const checkStages = [checks]

/** Real servers: many at a time, then those that measure, then those that wait for leases most of their time. */
export const serverStages = [stages.servers, stages.timed, stages.faults]

/** A stage that takes only what others leave of the processor, and has the time it needs for that. */
const behind = (stage) => ({
  ...stage,
  // Linux shares the processor between sessions first and looks at niceness inside of each: the session is made nice too.
  command: ['sh', '-c', '{ echo 10 >/proc/$$/autogroup; } 2>/dev/null; exec nice -n 10 "$@"', 'sh', ...stage.command],
  deadlineMs: 2 * stage.deadlineMs
})

/**
 * Everything. Killed windows and killed engines wait for leases most of their time, each in a lab of its own, so they run
 * side by side, and the fast stages behind them; what measures a pause or fills the processor has the machine for itself.
 */
export const allStages = [
  [kill('my97'), stages.faults, ...checks.map(behind)],
  stages.servers,
  stages.timed,
  stages.app,
  ...journeys
]

// A line about one test or one file of tests, as vitest and Playwright print them.
const PROGRESS = /^\s*(✓|✘|×|❯|↓|-)\s/

/** Runs one stage in a process group of its own, ended whole at its deadline or when we are ended. */
function runStage(stage) {
  const log = path.join(folder, `${stage.name}.log`)
  const out = fs.createWriteStream(log)
  const [command, ...args] = stage.command
  const env = { ...process.env, ...stage.env, NO_COLOR: '1', CI: process.env.CI ?? '1' }
  delete env.FORCE_COLOR
  const started = Date.now()
  const deadlineMs = Math.max(1_000, Math.min(stage.deadlineMs, BUDGET_MS - performance.now()))
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let late = false
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal)
      } catch {
        // It has ended already.
      }
    }
    const interrupt = () => end('SIGTERM')
    const deadline = setTimeout(() => {
      late = true
      end('SIGTERM')
      setTimeout(() => end('SIGKILL'), 15_000).unref()
    }, deadlineMs)
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
    let rest = ''
    const show = (chunk) => {
      out.write(chunk)
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      for (const line of lines) if (PROGRESS.test(line)) console.log(`  ${line.trim()}`)
    }
    child.stdout.setEncoding('utf8').on('data', show)
    child.stderr.setEncoding('utf8').on('data', (chunk) => out.write(chunk))
    const finish = (status, ending) => {
      clearTimeout(deadline)
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
      end('SIGTERM')
      out.end(() => {
        const how = late ? `stopped at its deadline of ${duration(deadlineMs)}` : ending
        const results = stageResults({ stage, root, status: late ? 1 : status, ending: how, log })
        resolve({ stage, ...results, tookMs: Date.now() - started })
      })
    }
    child.once('error', (error) => finish(1, `could not be started: ${error.message}`))
    // `close` waits for the pipes too; something that outlives the stage and holds them must not hold us.
    child.once('exit', (code, signal) => {
      const ending = signal ? `ended by ${signal}` : `ended with status ${code}`
      const settled = setTimeout(() => finish(code ?? 1, ending), 3_000)
      child.once('close', () => {
        clearTimeout(settled)
        finish(code ?? 1, ending)
      })
    })
  })
}

const counts = (results) =>
  `${results.passed} passed, ${results.failures.length} failed, ${results.skipped.length} skipped`

/** What failed and at which line of ours, in a few lines. */
function reason(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const where = lines.find((line) => /\btest\/\S+:\d+/.test(line) && !line.includes('node_modules'))
  return [...new Set([...lines.slice(0, 3), ...(where ? [where] : [])])]
    .map((line) => `   ${line.trim().slice(0, 240)}`)
    .join('\n')
}

/** Runs the stages in order, those of an inner list side by side; prints failures in full at the end and then the one line of totals; returns whether all is well. */
export async function runStages(list) {
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  const started = Date.now()
  let interrupted = false
  const note = () => {
    interrupted = true
  }
  process.on('SIGINT', note).on('SIGTERM', note)
  const done = []
  for (const entry of list) {
    if (interrupted) break
    const together = [entry].flat()
    console.log(`\n${together.map((stage) => stage.name).join(', ')}`)
    const all = together.map(async (stage) => {
      const results = await runStage(stage)
      console.log(`${stage.name}: ${counts(results)}, ${duration(results.tookMs)}`)
      return results
    })
    done.push(...(await Promise.all(all)))
  }
  // All of them at a glance first: what follows may be long.
  for (const { stage, failures } of done)
    for (const { title, text } of failures) console.log(`\n── FAILED ${stage.name}: ${title}\n${reason(text)}`)
  for (const { stage, failures, account } of done) {
    if (account) console.log(`\n── ${stage.name} in full\n${account}`)
    else for (const { title, text } of failures) console.log(`\n── ${stage.name} in full: ${title}\n${text}`)
  }
  for (const { stage, skipped } of done)
    for (const title of skipped) console.log(`\n── SKIPPED ${stage.name}: ${title}`)
  const total = {
    passed: done.reduce((sum, results) => sum + results.passed, 0),
    failures: done.flatMap((results) => results.failures),
    skipped: done.flatMap((results) => results.skipped)
  }
  console.log(`\n${duration(Date.now() - started)}; logs in test-results/stages${interrupted ? '; interrupted' : ''}`)
  console.log(counts(total))
  return total.failures.length === 0 && !interrupted
}
