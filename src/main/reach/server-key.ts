import { fail } from '../../shared/failure'
import { identityKey } from '../mysql/server-identity'
import type { Session } from '../mysql/session'

const names = ['server_uuid', 'server_id', 'hostname', 'port', 'datadir'] as const

/** A text that is equal if and only if it is the same server: never its address, which can lead elsewhere tomorrow. */
export const serverKeyOf = async (session: Session, deadlineMs: number): Promise<string> => {
  const rows = await session.query(
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names.map((name) => `'${name}'`).join(', ')})`,
    [],
    { deadlineMs }
  )
  const found = new Map(rows.map((row) => [row.Variable_name?.toLowerCase(), row.Value ?? '']))
  return identityKey(
    found.get('server_uuid') || null,
    Number(found.get('server_id') ?? 0),
    found.get('hostname') ?? '',
    Number(found.get('port') ?? 0),
    found.get('datadir') ?? ''
  )
}

/** Remembers which server each entry led to, and refuses a session that leads to another one. */
export const makeServerPins = () => {
  const pins = new Map<string, string>()
  return {
    check: (serverId: string, label: string, key: string): void => {
      const pinned = pins.get(serverId)
      if (pinned === undefined) {
        pins.set(serverId, key)
        return
      }
      if (pinned === key) return
      throw fail('identity', `${label} now leads to another server than before.`, {
        where: serverId,
        why: `It was ${pinned} and is ${key}.`,
        try: [
          'Check the address, the port and any load balancer or tunnel in front of it.',
          'When the server was replaced on purpose, close the move and open it again.'
        ]
      })
    }
  }
}
