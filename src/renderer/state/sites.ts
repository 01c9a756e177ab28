import { create } from 'zustand'
import type { Move } from '../../shared/move'
import { serversOf } from '../../shared/move'
import type { KeepSecret, SecretRef, SecretState } from '../../shared/secret'
import { call } from '../api'
import { openMoveId, saveMove, useOpenMove } from './open-move'
import { attempt } from './shell'

/** Where each secret of the opened move lies, by ref; a ref that is not there has not been asked for. */
const useSecrets = create<{ moveId: string; states: Record<SecretRef, SecretState> }>(() => ({
  moveId: '',
  states: {}
}))

const put = (moveId: string, ref: SecretRef, state: SecretState): void =>
  useSecrets.setState((known) => ({
    moveId,
    states: { ...(known.moveId === moveId ? known.states : {}), [ref]: state }
  }))

/** State of one secret; null until it is known. */
export const useSecretState = (ref: SecretRef): SecretState | null =>
  useSecrets((secrets) => (secrets.moveId === openMoveId() ? (secrets.states[ref] ?? null) : null))

/** Asks where a secret lies; its value never comes back. */
export const askSecretState = async (ref: SecretRef): Promise<void> => {
  const moveId = openMoveId()
  const state = await attempt(call('secrets.state', { moveId, ref }))
  if (state) put(moveId, ref, state)
}

/** Hands a secret over for keeping; answers false when it could not be kept. */
export const keepSecret = async (ref: SecretRef, value: string, keep: KeepSecret): Promise<boolean> => {
  const moveId = openMoveId()
  const state = await attempt(call('secrets.set', { moveId, ref, value, keep }))
  if (state) put(moveId, ref, state)
  return state !== null
}

export const forgetSecret = async (ref: SecretRef): Promise<void> => {
  const moveId = openMoveId()
  await attempt(call('secrets.forget', { moveId, ref }))
  put(moveId, ref, { kind: 'missing' })
}

/** Runs the doctor on one server; its rows come as events. */
export const runDoctor = async (serverId: string): Promise<void> => {
  await attempt(call('doctor.run', { moveId: openMoveId(), serverId }))
}

/** Runs the doctor on every server, three at a time. */
export const checkAll = async (): Promise<void> => {
  const { state } = useOpenMove.getState()
  if (state.kind !== 'open') return
  const waiting = serversOf(state.open.move).map(({ server }) => server.id)
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await runDoctor(id)
  }
  await Promise.all([worker(), worker(), worker()])
}

/** Changes the move as it is at this moment and saves it. */
export const editMove = async (change: (move: Move) => Move): Promise<boolean> => {
  const { state } = useOpenMove.getState()
  return state.kind === 'open' ? saveMove(change(state.open.move)) : false
}
