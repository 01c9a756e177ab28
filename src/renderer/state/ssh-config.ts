import { useEffect } from 'react'
import { create } from 'zustand'
import { type Failure, failureOf } from '../../shared/failure'
import type { SshEntry } from '../../shared/move'
import type { ResolvedSsh, SshConfigHost } from '../../shared/ssh-settings'
import { call } from '../api'

/** The hosts of the person's ssh config. */
export type KnownHostsList =
  | { kind: 'asking' }
  | { kind: 'known'; file: string; hosts: SshConfigHost[] }
  | { kind: 'failed'; failure: Failure }

/** What a chain means by the ssh config. */
export type SshWay = { kind: 'asking' } | { kind: 'known'; way: ResolvedSsh } | { kind: 'failed'; failure: Failure }

const useStore = create<{ hosts: KnownHostsList; ways: Record<string, SshWay> }>(() => ({
  hosts: { kind: 'asking' },
  ways: {}
}))

/** Reads the list anew: the file may have been edited since the form was last open. */
export const askSshConfigHosts = async (): Promise<void> => {
  const hosts = await call('sshConfig.hosts', {}).then(
    ({ file, hosts }): KnownHostsList => ({ kind: 'known', file, hosts }),
    (error): KnownHostsList => ({ kind: 'failed', failure: failureOf(error) })
  )
  useStore.setState({ hosts })
}

const askWay = async (key: string): Promise<void> => {
  const way = await call('sshConfig.resolve', { ssh: JSON.parse(key) as SshEntry[] }).then(
    (way): SshWay => ({ kind: 'known', way }),
    (error): SshWay => ({ kind: 'failed', failure: failureOf(error) })
  )
  useStore.setState((known) => ({ ways: { ...known.ways, [key]: way } }))
}

export const useSshConfigHosts = (): KnownHostsList => {
  useEffect(() => void askSshConfigHosts(), [])
  return useStore((state) => state.hosts)
}

/** A moment without typing before the file is asked. */
const typingMs = 200

/** What a chain means now; null asks nothing. */
export const useSshWay = (entries: readonly SshEntry[] | null): SshWay => {
  const key = entries && JSON.stringify(entries)
  useEffect(() => {
    if (key === null) return undefined
    const timer = setTimeout(() => void askWay(key), typingMs)
    return () => clearTimeout(timer)
  }, [key])
  const way = useStore((state) => (key === null ? undefined : state.ways[key]))
  return way ?? { kind: 'asking' }
}
