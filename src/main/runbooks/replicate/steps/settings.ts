import { type SettingsBefore, settingsBefore } from '../../../../shared/snapshots'
import type { Capabilities } from '../../../mysql/capabilities'
import { quoteText } from '../../../mysql/identifiers'
import { statementsFor } from '../../../mysql/statements'
import type { Hands, Step } from '../../../runbook/step'
import { sqlAction } from '../../seed/sql-action'
import type { ReplicateEnd, ReplicateFacts } from '../replicate-facts'

/** The replica notices a silent line after this many seconds; its heartbeat comes every second. */
const silenceSeconds = 5

const wanted = (end: ReplicateEnd, offset: 1 | 2): string[] => {
  const say = statementsFor(end.can)
  return [...say.autoIncrement(2, offset), ...say.persistAutoIncrement(2, offset), ...say.liveness(silenceSeconds)]
}

/** Variables and values that some `SET GLOBAL` or `SET PERSIST` statements lead to. */
export const settingsIn = (statements: string[]): Map<string, string> =>
  new Map(
    statements.flatMap((statement) => {
      const match = /^SET (?:GLOBAL|PERSIST) (\w+) = (\S+)$/.exec(statement)
      return match?.[1] && match[2] ? [[match[1], match[2]] as const] : []
    })
  )

/** Statements that lead back to values read before, also over a restart. */
export const putBack = (can: Capabilities, before: SettingsBefore): string[] =>
  Object.entries(before).flatMap(([name, setting]) => [
    `SET GLOBAL ${name} = ${setting.value}`,
    ...(can.persist
      ? [
          setting.persisted === null
            ? `RESET PERSIST IF EXISTS ${name}`
            : `SET PERSIST_ONLY ${name} = ${setting.persisted}`
        ]
      : [])
  ])

/** The values of these variables now, and those kept over a restart. */
export const readSettings = async (
  hands: Pick<Hands, 'read'>,
  end: Pick<ReplicateEnd, 'id' | 'can'>,
  names: string[]
): Promise<SettingsBefore> => {
  const [row] = await hands.read(
    end.id,
    'operate',
    `SELECT ${names.map((name) => `@@global.${name} AS ${name}`).join(', ')}`
  )
  const kept = end.can.persist
    ? await hands.read(
        end.id,
        'operate',
        `SELECT VARIABLE_NAME AS name, VARIABLE_VALUE AS value FROM performance_schema.persisted_variables WHERE VARIABLE_NAME IN (${names.map(quoteText).join(', ')})`
      )
    : []
  return Object.fromEntries(
    names.map((name) => [
      name,
      { value: row?.[name] ?? '', persisted: kept.find((line) => line.name === name)?.value ?? null }
    ])
  )
}

/** Keys of the two sides never meet: 1, 3, 5 … on the old one and 2, 4, 6 … on the new one. */
export const settings = (side: 'old' | 'new'): Step<ReplicateFacts> => {
  const offset = side === 'old' ? 1 : 2
  const names = (end: ReplicateEnd) => [...settingsIn(wanted(end, offset)).keys()]
  return {
    id: `settings-${side}`,
    group: 'Accounts and settings',
    title: side === 'old' ? 'Let the old server make odd keys' : 'Let the new server make even keys',
    why: 'Automatic keys of both sides can then never collide, whoever takes writes. A silent line is noticed within seconds.',
    server: (facts) => facts[side].id,
    deadlineMs: 10_000,
    actions: ({ fixed }) => [sqlAction(fixed[side].id, wanted(fixed[side], offset))],
    snapshot: (hands, { fixed }) => readSettings(hands, fixed[side], names(fixed[side])),
    confirm: async (hands, { fixed }) => {
      const now = await readSettings(hands, fixed[side], names(fixed[side]))
      const goal = settingsIn(wanted(fixed[side], offset))
      const off = [...goal].filter(([name, value]) => now[name]?.value !== value)
      return off.length
        ? { done: false, why: off.map(([name]) => `${name} is ${now[name]?.value}`).join(', ') }
        : { done: true, evidence: [...goal].map(([name, value]) => `${name} = ${value}`).join(', ') }
    },
    undo: ({ fixed }, snapshot) => {
      const end = fixed[side]
      const statements = putBack(end.can, settingsBefore(snapshot) ?? {})
      return statements.length
        ? { kind: 'actions', actions: [sqlAction(end.id, statements)] }
        : { kind: 'actions', actions: [{ kind: 'app', text: 'Put back the values read before the step.' }] }
    },
    confirmUndone: async (hands, { fixed }, snapshot) => {
      const before = settingsBefore(snapshot) ?? {}
      const now = await readSettings(hands, fixed[side], names(fixed[side]))
      const off = Object.keys(before).filter((name) => now[name]?.value !== before[name]?.value)
      return off.length
        ? { done: false, why: off.map((name) => `${name} is ${now[name]?.value}`).join(', ') }
        : {
            done: true,
            evidence: Object.entries(before)
              .map(([name, { value }]) => `${name} = ${value}`)
              .join(', ')
          }
    }
  }
}
