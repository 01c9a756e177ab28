import type { Capabilities } from './capabilities'
import { quoteText } from './identifiers'

/** A place in a source's binary log. */
export interface LogPlace {
  file: string
  offset: bigint
}

/** What is said to the applying half of one link alone. */
export interface ApplierStatements {
  stop: string
  start: string
  /** Goes on up to exactly this place of the source's log and stops there; null: a place that is known only later stands as ‹file› and ‹position›. */
  runUntil(place: LogPlace | null): string
}

/** The words for the applier of one link; '' is the default channel. */
export const applierStatements = (can: Capabilities, channel: string): ApplierStatements => {
  const mariadb = can.flavour === 'mariadb'
  const replica = can.replicaWords ? 'REPLICA' : 'SLAVE'
  const source = can.replicaWords ? 'SOURCE' : 'MASTER'
  // MariaDB names the link before the thread, MySQL the channel at the end.
  const named = mariadb && channel !== '' ? ` ${quoteText(channel)}` : ''
  const onChannel = !mariadb && channel !== '' ? ` FOR CHANNEL ${quoteText(channel)}` : ''
  return {
    stop: `STOP ${replica}${named} SQL_THREAD${onChannel}`,
    start: `START ${replica}${named} SQL_THREAD${onChannel}`,
    runUntil: (place) =>
      `START ${replica}${named} SQL_THREAD UNTIL ${source}_LOG_FILE = ${place ? quoteText(place.file) : '‹file›'}, ${source}_LOG_POS = ${place ? place.offset : '‹position›'}${onChannel}`
  }
}

/** Up to where the source's log is applied, as a link's status row tells it in older and newer words. */
export const appliedPlace = (raw: Record<string, string | null>): LogPlace | null => {
  const file = raw.Relay_Source_Log_File ?? raw.Relay_Master_Log_File
  const offset = raw.Exec_Source_Log_Pos ?? raw.Exec_Master_Log_Pos
  return file && offset ? { file, offset: BigInt(offset) } : null
}
