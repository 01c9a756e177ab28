import type { SiteSide } from '../../../shared/move'
import { settingsBefore } from '../../../shared/snapshots'
import type { Hands, Step } from '../../runbook/step'
import { putBack, readSettings } from '../replicate/steps/settings'
import { sqlAction } from '../seed/sql-action'
import type { FinishEnd, FinishFacts } from './finish-facts'

const isSo = async (hands: Hands, end: FinishEnd, wanted: Record<string, { value: string }>) => {
  const now = await readSettings(hands, end, Object.keys(wanted))
  return Object.keys(wanted).filter((name) => now[name]?.value !== wanted[name]?.value)
}

/** Variables that “Make them co-masters” changed go back to what they were: with the links gone no keys can collide. */
export const settingsBack = (side: SiteSide): Step<FinishFacts> => ({
  id: `settings-back-${side}`,
  group: 'Servers',
  title: side === 'old' ? 'Put the old server’s settings back' : 'Put the new server’s settings back',
  why: 'Odd and even keys and the short patience of the links were for two servers that follow each other.',
  server: (facts) => facts[side].id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => {
    const end = fixed[side]
    return end.before
      ? [sqlAction(end.id, putBack(end.can, end.before))]
      : [
          {
            kind: 'app',
            text: `The values from before are not in this journal: ${end.name} keeps auto_increment_increment = 2, which is harmless.`
          }
        ]
  },
  snapshot: async (hands, { fixed }) => {
    const end = fixed[side]
    return end.before ? readSettings(hands, end, Object.keys(end.before)) : null
  },
  confirm: async (hands, { fixed }) => {
    const { before, name } = fixed[side]
    if (!before) return { done: true, evidence: `${name} keeps its settings` }
    const off = await isSo(hands, fixed[side], before)
    return off.length
      ? { done: false, why: `${off.join(', ')} on ${name} is not as before.` }
      : {
          done: true,
          evidence: Object.entries(before)
            .map(([variable, { value }]) => `${variable} = ${value}`)
            .join(', ')
        }
  },
  undo: ({ fixed }, snapshot) => {
    const kept = settingsBefore(snapshot)
    return kept
      ? { kind: 'actions', actions: [sqlAction(fixed[side].id, putBack(fixed[side].can, kept))] }
      : { kind: 'nothing' }
  },
  confirmUndone: async (hands, { fixed }, snapshot) => {
    const kept = settingsBefore(snapshot) ?? {}
    const off = await isSo(hands, fixed[side], kept)
    return off.length
      ? { done: false, why: `${off.join(', ')} could not be put back.` }
      : { done: true, evidence: 'as before the finish' }
  }
})
