import type { Domain } from '../../shared/move'
import { nameToWire, recordClasses, recordData, recordToWire, recordTypes } from './wire'

/** One change of a record set: only if it holds exactly `from`, it becomes `to`. */
export interface RecordChange {
  zone: string
  name: string
  type: Domain['type']
  from: readonly string[]
  to: readonly string[]
  ttlSeconds: number
}

/** A dynamic update (RFC 2136) with the record set as it is now as its prerequisite, so that nobody else's change is overwritten. */
export const updateMessage = (id: number, change: RecordChange): Buffer => {
  const type = recordTypes[change.type]
  const zone = Buffer.alloc(4)
  zone.writeUInt16BE(recordTypes.SOA, 0)
  zone.writeUInt16BE(recordClasses.IN, 2)
  const record = (ttl: number, value: string) =>
    recordToWire({ name: change.name, type, class: recordClasses.IN, ttl, data: recordData(change.type, value) })
  const prerequisites = change.from.map((value) => record(0, value))
  const updates = [
    recordToWire({ name: change.name, type, class: recordClasses.ANY, ttl: 0, data: Buffer.alloc(0) }),
    ...change.to.map((value) => record(change.ttlSeconds, value))
  ]
  const header = Buffer.alloc(12)
  header.writeUInt16BE(id, 0)
  header.writeUInt16BE(5 << 11, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(prerequisites.length, 6)
  header.writeUInt16BE(updates.length, 8)
  return Buffer.concat([header, nameToWire(change.zone), zone, ...prerequisites, ...updates])
}

/** The change in the words of nsupdate, as it is shown and can be typed. */
export const updateText = (server: string, port: number, change: RecordChange): string =>
  [
    `server ${server} ${port}`,
    `zone ${change.zone}`,
    ...change.from.map((value) => `prereq yxrrset ${change.name}. ${change.type} ${value}`),
    `update delete ${change.name}. ${change.type}`,
    ...change.to.map((value) => `update add ${change.name}. ${change.ttlSeconds} ${change.type} ${value}`),
    'send'
  ].join('\n')

/** The change of a domain towards one site; `null` when there is nothing to change. */
export const changeOf = (domain: Domain, towards: 'old' | 'new'): RecordChange | null => {
  const from = towards === 'new' ? domain.oldValues : domain.newValues
  const to = towards === 'new' ? domain.newValues : domain.oldValues
  if (from.length === 0 || to.length === 0) return null
  const zone = domain.update.kind === 'rfc2136' ? domain.update.zone : domain.name
  return { zone, name: domain.name.replace(/\.$/, ''), type: domain.type, from, to, ttlSeconds: domain.ttlSeconds }
}
