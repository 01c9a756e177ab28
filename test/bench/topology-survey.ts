import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { makeReach } from '../../src/main/reach/make-reach'
import { watchTopology } from '../../src/main/topology/watch'
import { type Move, moveSchema, serversOf } from '../../src/shared/move'
import type { ForkedFleet } from '../fleet/fork-fleet'

/** What the plain client asks: the questions of a survey, in the words of each flavour. */
const questionsOf = (name: string, models: ReadonlyMap<string, string>): string => {
  const model = models.get(name) ?? ''
  const modern = model === 'my97'
  const maria = model.startsWith('m1')
  return [
    'SHOW GLOBAL VARIABLES',
    'SHOW GLOBAL STATUS',
    maria ? 'SHOW ALL SLAVES STATUS' : modern ? 'SHOW REPLICA STATUS' : 'SHOW SLAVE STATUS',
    modern ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS',
    modern ? 'SHOW REPLICAS' : 'SHOW SLAVE HOSTS',
    maria ? 'SELECT @@global.gtid_binlog_pos AS executed' : 'SELECT @@global.gtid_executed AS executed',
    `SELECT USER AS account, HOST AS peer, COMMAND AS dump, COUNT(*) AS n FROM ${modern ? 'performance_schema' : 'information_schema'}.processlist GROUP BY account, peer, dump`
  ].join('; ')
}

const ran = (program: string, args: string[], env: Record<string, string>): Promise<number> =>
  new Promise((done, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
    child.once('error', reject)
    child.once('exit', (code) => done(code ?? 1))
  })

/** Every server asked by the `mariadb` client, one after the other; milliseconds for all of them. */
const askedInTurn = async (move: Move, models: ReadonlyMap<string, string>): Promise<number> => {
  const began = performance.now()
  for (const { server } of serversOf(move)) {
    const { database, name } = server
    if (!database) continue
    const where = [`--host=${database.host}`, `--port=${database.port}`, '--user=siteswap', '--skip-ssl', '--batch']
    const code = await ran('mariadb', ['--no-defaults', ...where, '-e', questionsOf(name, models)], {
      MYSQL_PWD: 'any'
    })
    if (code !== 0) throw new Error(`The client ended with ${code} on ${name}.`)
  }
  return performance.now() - began
}

/** Times of both ways to the same servers in the same run. */
export interface SurveyFigures {
  servers: number
  links: number
  failed: number
  firstMs: number
  againMs: number
  /** Most round trips to one server in a survey of all, once connected. */
  roundTripsMost: number
  statementsEach: number
  clientMs: number
  unknown: string[]
}

/** All servers of a move surveyed side by side by the app's own code, and then by the plain client. */
export const surveyFigures = async (
  fleet: ForkedFleet,
  models: ReadonlyMap<string, string>,
  withClient: boolean
): Promise<SurveyFigures> => {
  const move = moveSchema.parse(JSON.parse(readFileSync(fleet.moveFile, 'utf8')))
  const reach = makeReach({ move, secrets: { get: async () => 'any' }, askHostKey: null })
  const ending = new AbortController()
  const watch = watchTopology({
    reach,
    move: () => move,
    heartbeat: false,
    intervalMs: 3_600_000,
    surveyDeadlineMs: 60_000,
    signal: ending.signal,
    onChange: () => undefined
  })
  try {
    let began = performance.now()
    const topology = await watch.refresh()
    const firstMs = performance.now() - began
    await fleet.forget()
    began = performance.now()
    await watch.refresh()
    const againMs = performance.now() - began
    const totals = await fleet.totals()
    ending.abort()
    await watch.ended
    await reach.close()
    return {
      servers: topology.nodes.length,
      links: topology.links.length,
      failed: topology.nodes.filter((node) => node.failure).length,
      firstMs,
      againMs,
      roundTripsMost: totals.roundTripsMost,
      statementsEach: totals.statements / topology.nodes.length,
      unknown: totals.unknown,
      clientMs: withClient ? await askedInTurn(move, models) : Number.NaN
    }
  } finally {
    ending.abort()
    await reach.close()
  }
}
