import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import type { ImportList } from '../../shared/import'
import type { KeepSecret } from '../../shared/secret'
import { databaseSecret } from '../../shared/secret'
import { call } from '../api'
import { openMoveId } from './open-move'
import { attempt } from './shell'
import { askSecretState } from './sites'

/** What other programs of this person know. */
export type ImportState =
  | { kind: 'looking' }
  | { kind: 'found'; list: ImportList; failure: Failure | null }
  | { kind: 'failed'; failure: Failure }

const useImportStore = create<{ state: ImportState }>(() => ({ state: { kind: 'looking' } }))

export const useImports = (): ImportState => useImportStore(({ state }) => state)

/** Looks at the places anew; with an address the person typed. A refused address leaves the list as it is. */
export const lookForImports = async (address: string | null): Promise<boolean> => {
  const before = useImportStore.getState().state
  if (address === null) useImportStore.setState({ state: { kind: 'looking' } })
  try {
    const list = await call('import.list', { address })
    useImportStore.setState({ state: { kind: 'found', list, failure: null } })
    return true
  } catch (error) {
    const failure = failureOf(error)
    useImportStore.setState({ state: before.kind === 'found' ? { ...before, failure } : { kind: 'failed', failure } })
    return false
  }
}

/** The account's name out of an encrypted file; null when it holds none, undefined when it could not be opened. */
export const importedUser = async (entry: string): Promise<string | null | undefined> =>
  (await attempt(call('import.user', { entry })))?.user

/** Lets the main process carry a password to a server's secrets; it never comes here. */
export const takePassword = async (serverId: string, entry: string, keep: KeepSecret): Promise<boolean> => {
  const taken = await attempt(call('import.take', { moveId: openMoveId(), serverId, entry, keep }))
  if (taken) await askSecretState(databaseSecret(serverId))
  return taken !== null
}
