import {
  type HopSettings,
  type ServerEntry,
  type SshEntry,
  serverEntrySchema,
  sshEntrySchema
} from '../../../shared/move'
import { type DatabaseDraft, databaseDraftOf, databaseProblems, emptyDatabaseDraft, endpointOf } from './database-draft'
import { emptyMarkDraft, type MarkDraft, markDraftOf, markOfDraft } from './mark-draft'
import { type Problems, problemsOf } from './plain-problems'

/** A hop as it is typed; `key` only names it on the screen. From the ssh config, `host` is the alias, and an empty user or port and `auto` are left to the config. */
export interface HopDraft {
  key: string
  from: 'typed' | 'ssh-config'
  host: string
  port: number | null
  user: string
  auth: 'agent' | 'key' | 'password' | 'auto'
  path: string
  passphrase: boolean
  settings?: HopSettings
}

/** A server as it is typed: every field there, numbers may be missing. */
export interface ServerDraft {
  id: string
  name: string
  kind: ServerEntry['kind']
  hops: HopDraft[]
  /** Whose ssh goes the way. */
  transport: 'own' | 'system'
  database: DatabaseDraft
  addresses: string
  redirect: {
    kind: 'none' | 'manual' | 'file'
    note: string
    path: string
    edits: { find: string; replace: string }[]
    reload: string
  }
  mark: MarkDraft
  lookOnly: boolean
  note: string
}

let hopKeys = 0
const hopKey = (): string => {
  hopKeys += 1
  return `hop-${hopKeys}`
}

export const emptyHop = (over: Partial<Omit<HopDraft, 'key'>> = {}): HopDraft => ({
  from: 'typed',
  host: '',
  port: 22,
  user: '',
  auth: 'agent',
  path: '',
  passphrase: false,
  ...over,
  key: hopKey()
})

export const emptyServerDraft = (kind: ServerEntry['kind'], hops: HopDraft[] = [emptyHop()]): ServerDraft => ({
  id: '',
  name: '',
  kind,
  hops,
  transport: 'own',
  database: emptyDatabaseDraft,
  addresses: '',
  redirect: { kind: 'none', note: '', path: '', edits: [{ find: '', replace: '' }], reload: '' },
  mark: emptyMarkDraft,
  lookOnly: false,
  note: ''
})

const hopDraft = (hop: SshEntry): HopDraft => {
  const auth = hop.auth ?? { kind: 'auto' }
  return emptyHop({
    from: hop.from ?? 'typed',
    host: hop.from === 'ssh-config' ? hop.alias : hop.host,
    port: hop.port ?? null,
    user: hop.user ?? '',
    auth: auth.kind,
    path: auth.kind === 'key' ? auth.path : '',
    passphrase: auth.kind === 'key' && auth.passphrase,
    ...(hop.from === undefined && hop.settings ? { settings: hop.settings } : {})
  })
}

/** A saved server as the form shows it. */
export const draftOf = (server: ServerEntry): ServerDraft => {
  const empty = emptyServerDraft(server.kind, server.ssh.map(hopDraft))
  const { database, redirect } = server
  return {
    ...empty,
    id: server.id,
    name: server.name,
    note: server.note,
    mark: markDraftOf(server.mark),
    lookOnly: server.lookOnly === true,
    transport: server.transport ?? 'own',
    addresses: server.addresses.join(', '),
    database: database ? databaseDraftOf(database) : empty.database,
    redirect: {
      ...empty.redirect,
      kind: redirect.kind,
      ...(redirect.kind === 'manual' ? { note: redirect.note } : {}),
      ...(redirect.kind === 'file' ? { path: redirect.path, edits: redirect.edits, reload: redirect.reload } : {})
    }
  }
}

/** A hop as an entry of the chain; null while it cannot be one yet. */
export const entryOfHop = (hop: HopDraft): SshEntry | null => {
  const parsed = sshEntrySchema.safeParse(hopOf(hop))
  return parsed.success ? parsed.data : null
}

/** A list typed with commas, blanks or lines between. */
export const splitList = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

const hopOf = (hop: HopDraft) => {
  const auth =
    hop.auth === 'key' ? { kind: 'key', path: hop.path.trim(), passphrase: hop.passphrase } : { kind: hop.auth }
  const user = hop.user.trim()
  if (hop.from === 'ssh-config')
    return {
      from: 'ssh-config',
      alias: hop.host.trim(),
      ...(user ? { user } : {}),
      ...(hop.port === null ? {} : { port: hop.port }),
      ...(hop.auth === 'auto' ? {} : { auth })
    }
  return { host: hop.host.trim(), port: hop.port, user, auth, ...(hop.settings ? { settings: hop.settings } : {}) }
}

const redirectOf = ({ redirect: typed }: ServerDraft) => {
  if (typed.kind === 'manual') return { kind: 'manual', note: typed.note }
  if (typed.kind === 'file')
    return { kind: 'file', path: typed.path.trim(), edits: typed.edits, reload: typed.reload.trim() }
  return { kind: 'none' }
}

export type ParsedServer = { ok: true; server: ServerEntry } | { ok: false; problems: Problems }

const crossProblems = (draft: ServerDraft): Problems => {
  const problems: Problems = {}
  if (draft.kind === 'database' && draft.database.via === 'ssh' && draft.hops.length === 0)
    problems.ssh = 'Add the SSH host, or choose “directly” for the database.'
  if (draft.kind !== 'database' && draft.hops.length === 0) problems.ssh = 'Add the SSH host: nothing else leads there.'
  if (draft.kind !== 'database' && draft.hops.at(-1)?.from === 'ssh-config' && splitList(draft.addresses).length === 0)
    problems.addresses = 'Enter its address: the ssh config may name it differently from day to day.'
  return draft.kind === 'database' ? { ...problems, ...databaseProblems(draft.database) } : problems
}

/**
 * The typed way to a server, as far as it can be tried: to the host, and to the database once its fields are right and
 * `withDatabase`. Null while not even the host is described.
 */
export const wayOfDraft = (draft: ServerDraft, id: string, withDatabase: boolean): ServerEntry | null => {
  const entry = (database: boolean) => {
    const parsed = serverEntrySchema.safeParse({
      id,
      name: draft.name.trim() || 'this server',
      kind: database ? 'database' : 'other',
      ssh: draft.hops.map(hopOf),
      ...(draft.transport === 'system' && draft.hops.length > 0 ? { transport: 'system' } : {}),
      ...(database ? { database: endpointOf(draft.database) } : {})
    })
    return parsed.success ? parsed.data : null
  }
  const { kind, database, hops } = draft
  const reachable = database.via === 'direct' || hops.length > 0
  const fits = kind === 'database' && reachable && Object.keys(databaseProblems(database)).length === 0
  return (fits && withDatabase ? entry(true) : null) ?? (hops.length > 0 ? entry(false) : null)
}

/** The typed server as the move keeps it, or what is wrong with it. */
export const serverOfDraft = (draft: ServerDraft): ParsedServer => {
  const mark = markOfDraft(draft.mark)
  const parsed = serverEntrySchema.safeParse({
    id: draft.id,
    name: draft.name,
    kind: draft.kind,
    ssh: draft.hops.map(hopOf),
    ...(draft.transport === 'system' && draft.hops.length > 0 ? { transport: 'system' } : {}),
    ...(draft.kind === 'database' ? { database: endpointOf(draft.database) } : {}),
    addresses: splitList(draft.addresses),
    redirect: draft.kind === 'database' ? { kind: 'none' } : redirectOf(draft),
    ...(mark ? { mark } : {}),
    ...(draft.lookOnly ? { lookOnly: true } : {}),
    note: draft.note
  })
  const problems = { ...problemsOf(parsed.error), ...crossProblems(draft) }
  return parsed.success && Object.keys(problems).length === 0
    ? { ok: true, server: parsed.data }
    : { ok: false, problems }
}
