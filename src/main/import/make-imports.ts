import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fail, failureOf } from '../../shared/failure'
import type { ImportEntry, ImportList, ImportPlace, ImportSource } from '../../shared/import'
import { openDbeaverCredentials, readDbeaver } from './dbeaver'
import { foundInDsn } from './dsn'
import type { Found } from './found'
import { readLoginPaths } from './login-path'
import { connectionsOf, groupsOf, loginPathsOf } from './option-groups'
import { readOptionLines } from './option-lines'
import { type ImportEnvironment, importPlaces } from './places'
import { dbeaverFiles, readOptionFile, readPlainFile } from './read-file'
import { readWorkbench } from './workbench'

/** Connections of other programs of this person. Passwords leave it only by `secret`, which stays in the main process. */
export interface Imports {
  /** Reads the places anew; `dsn` is an address that the person typed. */
  list(dsn: string | null): Promise<ImportList>
  /** The account's name out of an encrypted file: opens that file. */
  user(entryId: string): Promise<string | null>
  /** The password of an entry; null when there is none. */
  secret(entryId: string): Promise<string | null>
}

interface Kept {
  entry: ImportEntry
  /** What is only in a file that has to be opened for it. */
  open: () => Promise<{ user: string | null; secret: string | null }>
}

const mostEntries = 500

const idOf = (...parts: (string | number | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)

const keptOf = (found: Found, path: string | null, key: string, open?: Kept['open']): Kept => {
  const { secret, ...told } = found
  const id = idOf(found.source, path, key, found.host, found.port, found.user)
  return { entry: { id, path, ...told }, open: open ?? (() => Promise.resolve({ user: found.user, secret })) }
}

/** Looks for connections where other programs of this computer keep them. */
export const makeImports = (environment: ImportEnvironment): Imports => {
  const places = importPlaces(environment)
  /** The address typed last: its password is taken from here, not from the window a second time. */
  let typed: Kept | null = null

  const sealed = (path: string, key: string) => async () => {
    const bytes = await readPlainFile(path)
    return bytes === null ? { user: null, secret: null } : openDbeaverCredentials(bytes, path, key)
  }

  const optionFile = async (path: string): Promise<Kept[] | null> => {
    const lines = await readOptionFile(path)
    return lines && connectionsOf(groupsOf(lines)).map((found) => keptOf(found, path, found.name))
  }
  const loginPaths = async (path: string): Promise<Kept[] | null> => {
    const bytes = await readPlainFile(path)
    if (bytes === null) return null
    const groups = groupsOf(readOptionLines(readLoginPaths(bytes, path)))
    return loginPathsOf(groups).map((found) => keptOf(found, path, found.name))
  }
  const dbeaver = async (path: string): Promise<Kept[] | null> => {
    const bytes = await readPlainFile(path)
    if (bytes === null) return null
    const credentials = join(dirname(path), 'credentials-config.json')
    const there = (await readPlainFile(credentials).catch(() => null)) !== null
    return readDbeaver(bytes.toString('utf8'), path, there).map(({ key, found }) =>
      keptOf(found, path, key, found.password === 'sealed' ? sealed(credentials, key) : undefined)
    )
  }
  const workbench = async (path: string): Promise<Kept[] | null> => {
    const bytes = await readPlainFile(path)
    return bytes && readWorkbench(bytes.toString('utf8'), path).map((found, at) => keptOf(found, path, `${at}`))
  }

  const look = async (): Promise<{ kept: Kept[]; places: ImportPlace[] }> => {
    const workspaces = await Promise.all(places.dbeaverWorkspaces.map(dbeaverFiles))
    const readers: [ImportSource, string, (path: string) => Promise<Kept[] | null>][] = [
      ...places.optionFiles.map(
        (path) => ['option-file', path, optionFile] as [ImportSource, string, typeof optionFile]
      ),
      ['login-path', places.loginPathFile, loginPaths],
      ...workspaces.flat().map((path) => ['dbeaver', path, dbeaver] as [ImportSource, string, typeof dbeaver]),
      ['workbench', places.workbenchFile, workbench]
    ]
    const kept: Kept[] = []
    const looked: ImportPlace[] = []
    for (const [source, path, reader] of readers) {
      try {
        const found = await reader(path)
        if (found === null) continue
        kept.push(...found)
        looked.push({ source, path, kind: 'read', found: found.length })
      } catch (error) {
        looked.push({ source, path, kind: 'failed', failure: failureOf(error) })
      }
    }
    return { kept: kept.slice(0, mostEntries), places: looked }
  }

  const find = async (entryId: string): Promise<Kept> => {
    const kept = typed?.entry.id === entryId ? typed : (await look()).kept.find(({ entry }) => entry.id === entryId)
    if (kept) return kept
    throw fail('not-found', 'The connection is no longer there as it was.', {
      why: 'The file it stands in was changed in the meantime.',
      try: ['Look for connections once more and choose it again.']
    })
  }

  return {
    list: async (dsn) => {
      const found = dsn === null ? null : foundInDsn(dsn)
      if (dsn !== null && found === null)
        throw fail('invalid', 'This is not the address of a database.', {
          try: ['Write it as mysql://user@host:3306 or mariadb://user@host:3306.']
        })
      typed = found && keptOf(found, null, 'typed')
      const { kept, places: looked } = await look()
      return { entries: [...(typed ? [typed] : []), ...kept].map(({ entry }) => entry), places: looked }
    },
    user: async (entryId) => (await (await find(entryId)).open()).user,
    secret: async (entryId) => (await (await find(entryId)).open()).secret
  }
}
