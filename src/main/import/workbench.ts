import { SaxesParser } from 'saxes'
import { fail } from '../../shared/failure'
import type { tlsModes } from '../../shared/move'
import { emptyFound, type Found, portOf, textOf } from './found'

const connectionStruct = 'db.mgmt.Connection'
/** `useSSL`: No, If available, Require, Require and verify CA, Require and verify identity. */
const modes: (typeof tlsModes)[number][] = ['disabled', 'preferred', 'required', 'verify-ca', 'verify-identity']

/** What one `<value struct-name="db.mgmt.Connection">` holds: its own values, and those of `parameterValues`. */
interface Stored {
  driver: string
  name: string
  values: Map<string, string>
}

const read = (text: string): Stored[] => {
  const stored: Stored[] = []
  const parser = new SaxesParser()
  /** Elements that are open, with their `key`. */
  const open: { key: string; connection: boolean }[] = []
  let now: Stored | null = null
  let words = ''
  parser.on('opentag', ({ attributes }) => {
    const connection = attributes['struct-name'] === connectionStruct
    if (connection) {
      now = { driver: '', name: '', values: new Map() }
      stored.push(now)
    }
    open.push({ key: String(attributes.key ?? ''), connection })
    words = ''
  })
  parser.on('text', (piece) => {
    words += piece
  })
  parser.on('closetag', () => {
    const closed = open.pop()
    if (!closed) return
    if (closed.connection) now = null
    else if (now && open.at(-1)?.connection) {
      if (closed.key === 'driver') now.driver = words.trim()
      if (closed.key === 'name') now.name = words.trim()
    } else if (now && open.at(-1)?.key === 'parameterValues') now.values.set(closed.key, words)
    words = ''
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
  return stored
}

const hopOf = (values: Map<string, string>): Found['ssh'] => {
  const match = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(textOf(values.get('sshHost')) ?? '')
  if (!match?.[1]) return []
  return [
    {
      host: match[1],
      port: portOf(match[2] ?? values.get('sshPort'), 22),
      user: textOf(values.get('sshUserName')) ?? '',
      keyPath: textOf(values.get('sshKeyFile'))
    }
  ]
}

const foundOf = ({ driver, name, values }: Stored): Found => {
  const host = textOf(values.get('hostName'))
  const socket = textOf(values.get('socket'))
  const secret = values.get('password') || null
  return {
    ...emptyFound('workbench', name || (host ?? 'connection')),
    host: host === null || host === 'localhost' ? '127.0.0.1' : host,
    port: portOf(values.get('port'), 3306),
    socketPath: driver.endsWith('native_socket') && socket?.startsWith('/') ? socket : null,
    user: textOf(values.get('userName')),
    tls: {
      mode: modes[Number(values.get('useSSL') ?? 1)] ?? 'preferred',
      caPath: textOf(values.get('sslCA')),
      certPath: textOf(values.get('sslCert')),
      keyPath: textOf(values.get('sslKey'))
    },
    ssh: driver.endsWith('native_sshtun') || driver === '' ? hopOf(values) : [],
    password: secret ? 'stored' : 'none',
    // Workbench gives passwords to the keychain of the system, under names that only it knows.
    leftOut: secret ? [] : ['Its password is in Workbench’s own keychain entry.'],
    secret
  }
}

/** The connections of MySQL Workbench's `connections.xml`. */
export const readWorkbench = (text: string, path: string): Found[] => {
  try {
    return read(text.replace(/^\uFEFF/, '')).map(foundOf)
  } catch (error) {
    throw fail('invalid', `${path} is not a file of MySQL Workbench’s connections.`, {
      where: path,
      words: error instanceof Error ? error.message.slice(0, 200) : undefined,
      try: ['Open Workbench once: it writes the file anew.']
    })
  }
}
