import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/main/sites/doctor'
import type { DoctorRow, DoctorState } from '../../src/shared/doctor'
import { doctorText } from '../../src/shared/doctor-text'
import { forwardSituations, hopSituations } from './own/doctor-behind-situations'
import {
  databaseAccounts,
  grantSituations,
  handshakeSituations,
  loginSituations
} from './own/doctor-database-situations'
import { type Ground, type Situation, startGround } from './own/doctor-ground'
import { aloneSituations, lineSituations } from './own/doctor-line-situations'
import { signInSituations } from './own/doctor-sign-in-situations'
import { waySituations } from './own/doctor-way-situations'

const groups = {
  'on the way to the host': waySituations,
  'at the sign-in to the host': signInSituations,
  'at the second hop': hopSituations,
  'at the channel to the database': forwardSituations,
  'while the database greets': handshakeSituations,
  'at the sign-in to the database': loginSituations,
  'at the grants': grantSituations,
  'on the line': lineSituations
}
const together = Object.values(groups).flat()
const all = [...together, ...aloneSituations]

const figures = new Set(['clock', 'round-trip', 'throughput'])

const secretWords = ['full-password', 'wrong-password', 'open sesame', 'wrong sesame', 'battery staple', 'a-password']

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
  const { both, mariadb, mysql } = databaseAccounts
  await Promise.all([ground.mariadb.asRoot(...both, ...mariadb), ground.mysql.asRoot(...both, ...mysql)])
})
afterAll(async () => {
  await ground?.stop()
})

const examine = async (situation: Situation): Promise<Extract<DoctorState, { kind: 'done' }>> => {
  const secrets: Record<string, string> = { 'db/it': 'full-password', ...situation.secrets }
  const state = await runDoctor({
    entry: situation.entry(ground),
    reach: {
      secrets: { get: async (ref) => secrets[ref] ?? null },
      askHostKey: null,
      knownHosts: situation.known?.(ground) ?? ground.known,
      agentSocket: situation.agent?.(ground) ?? ''
    },
    deadlineMs: situation.deadlineMs ?? 15_000
  })
  if (state.kind !== 'done') throw new Error('the doctor did not finish')
  return state
}

const judge = async (situation: Situation) => {
  const putBack = await situation.during?.(ground)
  try {
    const state = await examine(situation)
    // A computer that stands still for a moment warns of its line: that is news only where the line is what is asked for.
    const besides = (row: DoctorRow) => row.state === 'warn' && figures.has(row.layer) && row.layer !== situation.layer
    const found = state.rows.filter((row) => row.failure !== null && !besides(row))
    const row = found[0]
    const wanted = situation.state ?? 'failed'
    expect([row?.layer, row?.hop, row?.state], doctorText('it', state)).toEqual([
      situation.layer,
      situation.hop ?? null,
      wanted
    ])
    const { what = '', why = '', words = '', try: tries = [] } = row?.failure ?? {}
    expect(what).not.toContain('\n')
    expect([what, why, words].join(' ')).toMatch(situation.says)
    expect(tries.join(' ')).toMatch(situation.tries)
    expect(state.ok).toBe(wanted === 'warn')
    // What comes after a layer that failed was not reached, and nothing is left at work.
    const after = state.rows.slice(state.rows.findIndex((one) => one === row) + 1)
    if (wanted === 'failed' && situation.layer !== 'grants')
      expect(after.map((one) => one.state)).toEqual(after.map(() => 'skipped'))
    const text = doctorText('it', state)
    expect(text).toContain(what)
    for (const secret of secretWords) expect(text + JSON.stringify(state)).not.toContain(secret)
  } finally {
    await putBack?.()
  }
}

describe.each(Object.entries(groups))('the doctor names what is wrong %s', (_place, situations) => {
  it.concurrent.each(situations.map((situation) => [situation.given, situation] as const))(
    '%s',
    async (_given, situation) => {
      await judge(situation)
    }
  )
})

describe('the doctor names what is wrong with a server', () => {
  it.each(aloneSituations.map((situation) => [situation.given, situation] as const))(
    '%s',
    async (_given, situation) => {
      await judge(situation)
    }
  )
})

describe('the situations', () => {
  it('are more than forty, each given once, and leave no layer out', () => {
    expect(all.length).toBeGreaterThanOrEqual(40)
    expect(new Set(all.map((situation) => situation.given)).size).toBe(all.length)
    expect([...new Set(all.map((situation) => situation.layer))].sort()).toEqual(
      [
        ...['name', 'tcp', 'ssh', 'host-key', 'ssh-auth', 'command', 'forward'],
        ...['handshake', 'login', 'grants', 'clock', 'round-trip', 'throughput']
      ].sort()
    )
  })
})
