import type { ImportEntry, ImportSource } from '../../../shared/import'
import { emptyHop, type HopDraft, type ServerDraft } from './server-draft'

/** How a source is called on the screen. */
export const sourceNames: Record<ImportSource, string> = {
  'option-file': 'my.cnf',
  'login-path': 'Login path',
  dsn: 'Address',
  dbeaver: 'DBeaver',
  workbench: 'MySQL Workbench'
}

/** Where an entry leads, in one line: `shop@db1:3306 through jump`. */
export const placeOf = ({ host, port, socketPath, user, ssh }: ImportEntry): string => {
  const place = socketPath ?? `${host.includes(':') ? `[${host}]` : host}:${port}`
  const way = ssh.length > 0 ? ` through ${ssh.map((hop) => hop.host).join(', ')}` : ''
  return `${user === null ? '' : `${user}@`}${place}${way}`
}

const isThisComputer = (host: string): boolean => /^(127\.|localhost$|::1$)/.test(host)

/** A name for a server: the other program's own, or the first label of its host. */
const nameOf = ({ source, name, host, socketPath }: ImportEntry): string => {
  if (source !== 'option-file' && source !== 'dsn') return name
  if (socketPath !== null || isThisComputer(host)) return ''
  return /^[\d.:]+$/.test(host) ? host : (host.split('.')[0] ?? '')
}

const hopsOf = (entry: ImportEntry, known: HopDraft[]): HopDraft[] => {
  if (entry.ssh.length > 0)
    return entry.ssh.map(({ host, port, user, keyPath }) =>
      emptyHop({ host, port, user, auth: keyPath ? 'key' : 'auto', path: keyPath ?? '' })
    )
  // A chain that nobody has filled in would keep a direct database from being added.
  return known.every((hop) => hop.host.trim() !== '') ? known : []
}

/** The draft filled in from another program's connection; `user` is what its sealed file told. */
export const draftFromImport = (draft: ServerDraft, entry: ImportEntry, user: string | null): ServerDraft => ({
  ...draft,
  kind: 'database',
  name: draft.name.trim() === '' ? nameOf(entry) : draft.name,
  hops: hopsOf(entry, draft.hops),
  database: {
    ...draft.database,
    host: entry.host,
    port: entry.port,
    via: entry.ssh.length > 0 ? 'ssh' : 'direct',
    at: entry.socketPath === null ? 'port' : 'socket',
    socketPath: entry.socketPath ?? '',
    user: entry.user ?? user ?? '',
    tls: entry.tls.mode,
    caPath: entry.tls.caPath ?? '',
    serverName: '',
    certPath: entry.tls.certPath ?? '',
    keyPath: entry.tls.keyPath ?? ''
  }
})
