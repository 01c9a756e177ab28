import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTrials } from '../../src/main/engine/trials'
import type { DoctorState } from '../../src/shared/doctor'
import { databaseSecret } from '../../src/shared/secret'
import { type OwnDatabase, startOwnDatabase } from './own/database'
import { databaseEntry } from './own/two-hops'

const password = 'trial-test-password'
let database: OwnDatabase
const told: DoctorState[] = []
const trials = makeTrials({ askHostKey: null, onChange: (_moveId, doctor) => told.push(doctor) })

const server = () => databaseEntry('draft', [], { port: database.port, via: 'direct' })
const layers = (doctor: DoctorState) =>
  doctor.kind === 'done' ? doctor.rows.map(({ layer, state }) => `${layer} ${state}`) : []

beforeAll(async () => {
  database = await startOwnDatabase('m1011')
  await database.asRoot(`CREATE USER app@'%' IDENTIFIED BY '${password}'`, "GRANT ALL ON *.* TO app@'%'")
})
afterAll(() => database?.stop())

describe('the trial of a server that is only typed', () => {
  it('goes the real way with the typed password, measures nothing, and says nothing of the password', async () => {
    const secrets = { [databaseSecret('draft')]: password }
    const doctor = await trials.run({ moveId: 'm', server: server(), secrets })
    expect(layers(doctor)).toEqual(
      ['name ok', 'tcp ok', 'handshake ok', 'login ok', 'grants warn'].map((line) =>
        line === 'grants warn' ? expect.stringMatching(/^grants (ok|warn)$/) : line
      )
    )
    expect(JSON.stringify([doctor, told])).not.toContain(password)
    expect(told.some(({ kind }) => kind === 'running')).toBe(true)
  })

  it('fails where the real way fails', async () => {
    const doctor = await trials.run({ moveId: 'm', server: server(), secrets: { [databaseSecret('draft')]: 'not it' } })
    expect(layers(doctor)).toContain('login failed')
  })

  it('is ended by a newer one, and tells nothing more then', async () => {
    // Documentation addresses are answered by nobody.
    const lost = databaseEntry('lost', [], { host: '192.0.2.1', port: 3306, via: 'direct' })
    const first = trials.run({ moveId: 'm', server: lost, secrets: { [databaseSecret('lost')]: 'x' } })
    const second = trials.run({ moveId: 'm', server: server(), secrets: { [databaseSecret('draft')]: password } })
    expect(await first).toMatchObject({ kind: 'done', ok: false })
    const last = await second
    expect(last).toMatchObject({ kind: 'done', ok: true })
    expect(told.at(-1)).toEqual(last)
  })
})
