import type { Json } from '../../../shared/journal'
import type { Action } from '../../../shared/runbook'
import { settingsBefore } from '../../../shared/snapshots'
import { statementsFor } from '../../mysql/statements'
import type { Step } from '../../runbook/step'
import { readSettings } from '../replicate/steps/settings'
import { sqlAction } from '../seed/sql-action'
import { type FinishEnd, type FinishFacts, passiveSide } from './finish-facts'

const names = ['read_only', 'super_read_only']

const partOf = (snapshot: Json, key: string): Json =>
  snapshot !== null && typeof snapshot === 'object' && !Array.isArray(snapshot) ? (snapshot[key] ?? null) : null

/** Passive and active server with the role each keeps; one that is gone keeps what it has. */
const rolesOf = (facts: FinishFacts): { end: FinishEnd; readOnly: boolean }[] =>
  [
    { end: facts[passiveSide(facts)], readOnly: true },
    { end: facts[facts.active], readOnly: false }
  ].filter(({ end }) => !end.gone)

/** What the option files lead to, where the server cannot keep its role by itself; null: it is as it should be. */
export const roleLine = (end: FinishEnd, readOnly: boolean): string | null => {
  if (end.can.persist || end.afterRestart === (readOnly ? 'read-only' : 'writable')) return null
  const line = `in its option file, under [mysqld]: ${statementsFor(end.can).configLine(readOnly)}`
  return end.afterRestart === 'unknown'
    ? `What ${end.name} is after a restart could not be read. It stays ${readOnly ? 'read-only' : 'writable'} only with this line ${line}`
    : `After a restart ${end.name} would ${readOnly ? 'take writes' : 'be read-only'}. Put this line ${line}`
}

/** Both servers keep their role over a restart: written down by the server where it can, else the line is said. */
export const keepRoles: Step<FinishFacts> = {
  id: 'keep-roles',
  group: 'Servers',
  title: 'Keep the roles over a restart',
  why: 'Nothing watches these two servers any more: after a restart the active one must take writes, and the other one must not.',
  server: () => 'both',
  deadlineMs: 8000,
  actions: ({ fixed }) =>
    rolesOf(fixed).map(({ end, readOnly }): Action => {
      const statements = statementsFor(end.can).persistReadOnly(readOnly)
      if (statements.length) return sqlAction(end.id, statements)
      const line = roleLine(end, readOnly)
      return {
        kind: 'app',
        text:
          line ?? `${end.name} stays ${readOnly ? 'read-only' : 'writable'} over a restart: its option files say so.`
      }
    }),
  snapshot: async (hands, { fixed }) => {
    const kept: Record<string, Awaited<ReturnType<typeof readSettings>>> = {}
    for (const { end } of rolesOf(fixed)) if (end.can.persist) kept[end.id] = await readSettings(hands, end, names)
    return kept
  },
  perform: async (hands, { fixed }, actions) => {
    for (const action of actions) if (action.kind === 'sql') await hands.sql(action)
    for (const { end, readOnly } of rolesOf(fixed)) {
      const line = roleLine(end, readOnly)
      if (line) hands.note(line)
    }
  },
  confirm: async (hands, { fixed }) => {
    const seen: string[] = []
    for (const { end, readOnly } of rolesOf(fixed)) {
      const [row] = await hands.read(end.id, 'operate', statementsFor(end.can).showReadOnly())
      if ((row?.read_only === '1') !== readOnly)
        return { done: false, why: `${end.name} is ${readOnly ? 'not ' : ''}read-only.` }
      if (end.can.persist) {
        const { super_read_only: kept } = await readSettings(hands, end, names)
        if (kept?.persisted?.toUpperCase() !== (readOnly ? 'ON' : 'OFF'))
          return {
            done: false,
            why: `${end.name} would forget its role: super_read_only is kept as ${kept?.persisted}.`
          }
      }
      const line = roleLine(end, readOnly)
      seen.push(
        `${end.name} ${readOnly ? 'read-only' : 'takes writes'}${line ? ', its option file is yours to mend' : ', also after a restart'}`
      )
    }
    return { done: true, evidence: seen.join('; ') }
  },
  undo: ({ fixed }, snapshot) => {
    const actions = rolesOf(fixed).flatMap(({ end }) => {
      const before = settingsBefore(partOf(snapshot, end.id))
      if (!before) return []
      const statements = Object.entries(before).map(([name, { persisted }]) =>
        persisted === null ? `RESET PERSIST IF EXISTS ${name}` : `SET PERSIST_ONLY ${name} = ${persisted}`
      )
      return [sqlAction(end.id, statements)]
    })
    return actions.length ? { kind: 'actions', actions } : { kind: 'nothing' }
  }
}
