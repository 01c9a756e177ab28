import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { downLab, sweepLabs } from './down'
import { type LinkName, linkNames } from './hosts'
import { attachLab } from './lab'
import { onHost, onOperator } from './network'
import { isRunning, labFailure } from './processes'
import { flavourNames } from './software'
import { defaultLabDir, readState, wanControlPath } from './state'
import { bringUp } from './up'
import { wanControl } from './wan-control'

const usage = `npm run lab -- COMMAND [--dir DIR]
  up [--flavour ${flavourNames.join('|')}] [--latency MS] [--scale N] [--ttl SECONDS] [--json]
  status [--json]           what runs, delays, customers
  latency MS                one-way delay of every link
  cut [ab|ca|cb]            silence a link: ab old-new, ca operator-old, cb operator-new
  heal [ab|ca|cb]
  customers start RATE | stop | status
  prober start | stop
  judge [--on old|new|both] [--tables]
  run [HOST] -- COMMAND     run a program on the operator's host, or on HOST
  down`

const say = (line: string): void => console.error(`lab: ${line}`)

function linkNamed(word: string | undefined): LinkName {
  const link = linkNames.find((name) => name === (word ?? 'ab'))
  if (!link) throw labFailure(`There is no link ${word}.`, linkNames.join(', '))
  return link
}

function numberNamed(word: string | undefined, what: string): number {
  const value = Number(word)
  if (word === undefined || word === '' || !Number.isFinite(value) || value < 0)
    throw labFailure(`${what} must be a number, not “${word ?? ''}”.`, usage)
  return value
}

async function up(dir: string, values: Record<string, string | boolean | undefined>): Promise<void> {
  const flavour = flavourNames.find((name) => name === (values.flavour ?? 'm1011'))
  if (!flavour) throw labFailure(`There is no flavour ${values.flavour}.`, flavourNames.join(', '))
  const began = Date.now()
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130) // asked twice: the next `up` or `down` clears what is left
      say('stopping: taking down what was started')
      stop.abort(new Error('stopped before it was up'))
    })
  }
  const latencyMs = numberNamed(String(values.latency ?? 0), '--latency')
  const scale = numberNamed(String(values.scale ?? 1), '--scale')
  const ttlSeconds = numberNamed(String(values.ttl ?? 5), '--ttl')
  const state = await bringUp({ flavour, latencyMs, dir, scale, ttlSeconds, say, signal: stop.signal })
  say(
    `up in ${((Date.now() - began) / 1000).toFixed(1)} s: ${state.flavour} ${state.serverVersion}, ${state.mode}, ${latencyMs} ms one way, in ${dir}`
  )
  if (values.json) console.log(JSON.stringify(state, null, 2))
  else
    console.log(
      `move file   ${state.movePath}\nsecrets     ${state.secretsPath}\noperator    ${state.execPrefix.join(' ') || '(this host)'}`
    )
}

async function status(dir: string, json: boolean): Promise<void> {
  const state = readState(dir)
  if (!state) {
    console.log(json ? JSON.stringify({ up: false, dir }) : `no lab in ${dir}`)
    process.exitCode = 1
    return
  }
  const dead = state.processes.filter((process) => !isRunning(process)).map((process) => process.name)
  const links: Record<string, string> = {}
  for (const link of linkNames) {
    links[link] = await wanControl(wanControlPath(dir, link), 'stat').catch((error: Error) => error.message)
  }
  const customers = attachLab(dir).customers.status()
  const facts = {
    up: state.phase === 'up',
    dir,
    flavour: state.flavour,
    version: state.serverVersion,
    mode: state.mode,
    latencyMs: state.latencyMs,
    links,
    processes: state.processes.length,
    dead,
    customers
  }
  if (json) return console.log(JSON.stringify(facts, null, 2))
  console.log(
    `${state.phase} in ${dir}: ${state.flavour} ${state.serverVersion}, ${state.mode}, ${state.latencyMs} ms one way`
  )
  for (const [link, text] of Object.entries(links)) console.log(`link ${link}     ${text}`)
  console.log(
    `processes   ${state.processes.length - dead.length} run${dead.length > 0 ? `, ended: ${dead.join(', ')}` : ''}`
  )
  if (customers) console.log(`customers   ${JSON.stringify(customers)}`)
}

async function run(dir: string, host: string | undefined, argv: string[]): Promise<void> {
  if (argv.length === 0) throw labFailure('There is no command to run.', 'npm run lab -- run -- COMMAND')
  const { state } = attachLab(dir)
  const [program, ...rest] = host ? onHost(state, host, argv) : onOperator(state, argv)
  const child = spawn(program ?? '', rest, { stdio: 'inherit' })
  process.exitCode = await new Promise<number>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done(code ?? 1))
  })
}

async function main(): Promise<void> {
  const all = process.argv.slice(2)
  const split = all.indexOf('--')
  const own = split >= 0 ? all.slice(0, split) : all
  const { values, positionals } = parseArgs({
    args: own,
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      flavour: { type: 'string' },
      latency: { type: 'string' },
      scale: { type: 'string' },
      ttl: { type: 'string' },
      on: { type: 'string' },
      tables: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' }
    }
  })
  const dir = resolve(values.dir ?? defaultLabDir())
  const [command, word, word2] = positionals
  if (values.help || !command) return console.log(usage)
  switch (command) {
    case 'up':
      return await up(dir, values)
    case 'status':
      return await status(dir, values.json ?? false)
    case 'latency':
      return await attachLab(dir).latency(numberNamed(word, 'The delay'))
    case 'cut':
      return await attachLab(dir).cut(linkNamed(word))
    case 'heal':
      return await attachLab(dir).heal(linkNamed(word))
    case 'customers': {
      const { customers } = attachLab(dir)
      if (word === 'start') await customers.start(numberNamed(word2, 'The rate'))
      else if (word === 'stop') await customers.stop()
      return console.log(JSON.stringify(customers.status()))
    }
    case 'prober': {
      const { prober } = attachLab(dir)
      return await (word === 'stop' ? prober.stop() : prober.start())
    }
    case 'judge': {
      const on = (['old', 'new'] as const).filter(
        (side) => values.on === undefined || values.on === 'both' || values.on === side
      )
      const judgement = await attachLab(dir).judge({ on, compareTables: values.tables ?? false })
      const short = (_key: string, value: unknown): unknown => (Array.isArray(value) ? value.slice(0, 10) : value)
      console.log(JSON.stringify(judgement, short, 2))
      process.exitCode = judgement.faults.length > 0 ? 1 : 0
      return
    }
    case 'run':
      return await run(dir, word, split >= 0 ? all.slice(split + 1) : [])
    case 'down': {
      const found = await downLab(dir)
      const swept = await sweepLabs()
      return say(
        found
          ? `down: nothing is left in ${dir}`
          : `no lab in ${dir}${swept.length > 0 ? `; cleared ${swept.join(', ')}` : ''}`
      )
    }
    default:
      throw labFailure(`There is no command ${command}.`, usage)
  }
}

main().catch((error: Error) => {
  say(error.message)
  process.exitCode = 1
})
