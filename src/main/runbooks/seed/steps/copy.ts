import { fail } from '../../../../shared/failure'
import type { CommandAction } from '../../../../shared/runbook'
import { databaseSecret, secretPlaceholder } from '../../../../shared/secret'
import { quoteId } from '../../../mysql/identifiers'
import { statementsFor } from '../../../mysql/statements'
import { seedStatementsFor } from '../../../mysql/statements-seed'
import type { Hands, Step } from '../../../runbook/step'
import { scriptAction } from '../../link/script-action'
import { shellRun, shellWord } from '../../link/shell'
import { type Counts, countObjects, countsText, sameCounts } from '../count-objects'
import { bytesText, type SeedFacts, seedFiles } from '../seed-facts'
import { seedProgress } from '../seed-progress'
import { seedScript, stopSeedLines } from '../seed-script'
import { sqlAction, unloggedAction } from '../sql-action'

const dayMs = 24 * 3600 * 1000

/** Writes a script to a file of its own, so that what is shown is what is run. */
export const placeScript = (server: string, path: string, text: string): CommandAction => ({
  kind: 'command',
  server,
  command: shellRun(
    `umask 077 && mkdir -p ${shellWord(path.slice(0, path.lastIndexOf('/')))} && cat >${shellWord(path)}`
  ),
  input: text,
  changes: true
})

/** Runs a script that reads both passwords from standard input, the old server's first. */
export const runWithPasswords = (facts: SeedFacts, path: string): CommandAction => ({
  kind: 'command',
  server: facts.new.id,
  command: `sh ${shellWord(path)}`,
  input: [facts.old.id, facts.new.id].map((id) => `${secretPlaceholder(databaseSecret(id))}\n`).join(''),
  changes: true
})

/** Runs the copy and speaks of its progress; an abort ends it on the host as one process group. */
const run = async (hands: Hands, facts: SeedFacts, action: CommandAction): Promise<void> => {
  const tables = facts.schemas.reduce((sum, schema) => sum + schema.tables, 0)
  const bytes = facts.schemas.reduce((sum, schema) => sum + schema.bytes, 0)
  const progress = seedProgress(tables, bytes, hands.now)
  let said = Number.NEGATIVE_INFINITY
  const stop = () => {
    const end = scriptAction(facts.new.id, stopSeedLines(facts))
    hands.command(end, { deadlineMs: 15_000 }).catch(() => {})
  }
  hands.signal.addEventListener('abort', stop, { once: true })
  try {
    const result = await hands.command(action, {
      deadlineMs: dayMs,
      onStderr: (text) => {
        const seen = progress.take(text)
        if (hands.now() - said < 250) return
        said = hands.now()
        hands.progress(seen)
      }
    })
    if (hands.signal.aborted) throw fail('cancelled', 'The copy was stopped.')
    if (result.code !== 0)
      throw fail('server', 'The copy did not come to its end.', {
        where: facts.new.name,
        words: progress.words().slice(-2000),
        try: ['Mend what the words say and try the step again: it begins from the start.', 'Or undo the seed.']
      })
  } finally {
    hands.signal.removeEventListener('abort', stop)
  }
}

/** The copy itself: the servers' own tools, host to host through the bridge. */
export const copy: Step<SeedFacts> = {
  id: 'copy',
  group: 'Copy',
  title: 'Copy the schemas, host to host',
  why: 'One consistent picture of all tables goes through the bridge; customers keep ordering. This computer only watches: if its connection is lost, the copy ends and is begun again.',
  server: (facts) => facts.new.id,
  deadlineMs: 60_000,
  actions: ({ fixed }) => {
    const files = seedFiles(fixed.directory)
    return [
      sqlAction(fixed.new.id, seedStatementsFor(fixed.newCan).beginAnew()),
      placeScript(fixed.new.id, files.script, seedScript(fixed)),
      runWithPasswords(fixed, files.script)
    ]
  },
  snapshot: async (hands, { fixed }) => {
    const [position] = await hands.read(fixed.new.id, 'operate', statementsFor(fixed.newCan).position())
    return {
      executed: position?.executed ?? '',
      binlogState: position?.binlog_state ?? '',
      replicaPos: position?.replica_pos ?? ''
    }
  },
  perform: async (hands, { fixed }, actions) => {
    for (const action of actions) {
      if (action.kind === 'sql') await hands.sql(action)
      else if (action.kind === 'command' && action.input?.includes(secretPlaceholder(databaseSecret(fixed.old.id))))
        await run(hands, fixed, action)
      else if (action.kind === 'command') await hands.command(action, { deadlineMs: 20_000 })
    }
  },
  confirm: async (hands, { fixed }) => {
    const files = seedFiles(fixed.directory)
    const ended = await hands.look(
      fixed.new.id,
      shellRun(
        `cat ${shellWord(files.done)} && cat ${shellWord(files.position)} 2>/dev/null; [ -e ${shellWord(files.done)} ]`
      )
    )
    if (ended.code !== 0) return { done: false, why: 'The copy has not come to its end.' }
    const names = fixed.schemas.map(({ name }) => name)
    const [from, to] = await Promise.all([
      countObjects(hands, fixed.old.id, names),
      countObjects(hands, fixed.new.id, names)
    ])
    if (!sameCounts(from, to))
      return { done: false, why: `${fixed.old.name} has ${countsText(from)}; ${fixed.new.name} has ${countsText(to)}.` }
    const position = /gtid_slave_pos='([^']*)'/.exec(ended.stdout)?.[1] ?? ''
    if (fixed.newCan.flavour === 'mariadb' && !/^[0-9,-]*$/.test(position))
      return { done: false, why: 'The dump gave no position.' }
    return { done: true, evidence: evidence(to), learned: { 'seed.position': position } }
  },
  undo: ({ fixed }, snapshot) => {
    const before = snapshot as { executed: string; binlogState: string; replicaPos: string } | null
    const files = seedFiles(fixed.directory)
    return {
      kind: 'actions',
      actions: [
        sqlAction(fixed.new.id, [seedStatementsFor(fixed.newCan).refuseUnlessPassive()]),
        unloggedAction(
          fixed.new.id,
          fixed.schemas.map(({ name }) => `DROP DATABASE IF EXISTS ${quoteId(name)}`)
        ),
        sqlAction(
          fixed.new.id,
          seedStatementsFor(fixed.newCan).restorePosition(before ?? { executed: '', binlogState: '', replicaPos: '' })
        ),
        scriptAction(fixed.new.id, [
          ...stopSeedLines(fixed),
          `rm -f ${[files.script, files.code, files.group, files.position, files.done].map(shellWord).join(' ')}`
        ])
      ]
    }
  }
}

const evidence = (counts: Counts): string =>
  `${countsText(counts)}, about ${counts.rows.toLocaleString('en')} rows and ${bytesText(counts.bytes)} by the server’s own estimate, as many as on the old server`
