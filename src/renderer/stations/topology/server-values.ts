import type { ServerSurvey } from '../../../shared/server'
import type { TopologyLink } from '../../../shared/topology'
import { formatBytes, formatCount, formatDuration, formatLag, formatMoment, formatRate } from '../../parts/format'
import { lastKnown } from './nodes/box-words'
import type { Box } from './picture'

type Database = Extract<Box, { kind: 'database' }>

/** One thing a server said: as it is copied, and the statement it came from. */
export interface ServerValue {
  group: 'follows' | 'identity' | 'load'
  key: string
  text: string
  asked: string
  mono: boolean
  /** Texts of servers, which may be long. */
  isServerText: boolean
}

const variables = 'SHOW GLOBAL VARIABLES'
const status = 'SHOW GLOBAL STATUS'

/** Where there is no heartbeat yet, a replica that has all its source has is not behind. */
export const lagAsked = 'SELECT at_us FROM siteswap.heartbeat'

const followsValues = (link: TopologyLink): ServerValue[] => {
  const put = (key: string, text: string, isServerText = false): ServerValue => ({
    group: 'follows',
    key,
    text,
    asked: link.status.words.asked,
    mono: isServerText,
    isServerText
  })
  return [
    { ...put('Lag', formatLag(link.lagSeconds)), asked: lagAsked },
    put('Receiver', link.status.receiver),
    put('Applier', link.status.applier),
    put('Received', link.status.received || 'unknown', true),
    put('Applied', link.status.applied || 'unknown', true)
  ]
}

const binlogWords = (survey: ServerSurvey): string =>
  survey.logBin
    ? `${survey.variables.binlog_format ?? ''} ${survey.variables.binlog_row_image ?? ''}`.trim() || 'on'
    : 'off'

const positionAsked = (survey: ServerSurvey): string =>
  survey.identity.flavour === 'mysql' ? 'SELECT @@global.gtid_executed' : 'SELECT @@global.gtid_binlog_pos'

const identityValues = (survey: ServerSurvey): ServerValue[] => {
  const put = (key: string, text: string, isServerText = false, asked = variables): ServerValue => ({
    group: 'identity',
    key,
    text,
    asked,
    mono: true,
    isServerText
  })
  return [
    put('read_only', survey.readOnly ? 'ON' : 'OFF'),
    ...(survey.superReadOnly === null ? [] : [put('super_read_only', survey.superReadOnly ? 'ON' : 'OFF')]),
    put('server_id', String(survey.identity.serverId)),
    ...(survey.identity.uuid ? [put('server_uuid', survey.identity.uuid, true)] : []),
    put('Host', `${survey.identity.hostname}:${survey.identity.port}`, true),
    put('Version', survey.identity.version, true),
    put('Binary log', binlogWords(survey)),
    ...(survey.binlog ? [put('At', `${survey.binlog.file}:${survey.binlog.position}`, true)] : []),
    put('Position', survey.gtid.executed || 'unknown', true, positionAsked(survey))
  ]
}

const loadValues = (box: Database, survey: ServerSurvey, roundTripMs: number | undefined): ServerValue[] => {
  const put = (key: string, text: string, asked: string): ServerValue => ({
    group: 'load',
    key,
    text,
    asked,
    mono: false,
    isServerText: false
  })
  const { total, limit } = survey.connections
  return [
    put('Writes', formatRate(lastKnown(box.node?.writesPerSecond ?? [])), status),
    put('Connections', `${formatCount(total)} of ${formatCount(limit)}`, status),
    put('Data', formatBytes(survey.dataBytes), 'SELECT SUM(DATA_LENGTH + INDEX_LENGTH) FROM information_schema.TABLES'),
    put('Up', formatDuration(survey.uptimeSeconds * 1000), status),
    ...(roundTripMs === undefined
      ? []
      : [put('RTT from here', formatDuration(roundTripMs), 'the time of one statement')]),
    put('Survey took', formatDuration(survey.tookMs), `${survey.roundTrips ?? 'some'} round trips`)
  ]
}

/** The statement that counts connections by account, as the survey asked it. */
export const connectionsAsked = (survey: ServerSurvey | null | undefined): string => {
  const isModern =
    survey?.identity.flavour === 'mysql' &&
    'log_replica_updates' in survey.variables &&
    survey.variables.performance_schema !== 'OFF'
  return `SELECT USER, HOST, COUNT(*) FROM ${isModern ? 'performance_schema.processlist' : 'information_schema.PROCESSLIST'} GROUP BY 1, 2`
}

/** What a database said of itself and of the server it follows, with the statement of each value. Pure. */
export const serverValues = (box: Database, roundTripMs: number | undefined): ServerValue[] => {
  const survey = box.node?.survey
  return [
    ...(box.follows ? followsValues(box.follows) : []),
    ...(survey ? [...identityValues(survey), ...loadValues(box, survey, roundTripMs)] : [])
  ]
}

/** The same as text for a ticket: value, statement and moment of each, and all variables. */
export const serverValuesText = (box: Database, roundTripMs: number | undefined): string => {
  const survey = box.node?.survey
  const at = survey ? formatMoment(survey.at) : 'never'
  const lines = serverValues(box, roundTripMs).map(({ key, text, asked }) => `${key}\t${text}\t${asked}\t${at}`)
  const more = Object.entries(survey?.variables ?? {}).map(([name, value]) => `${name}\t${value}\t${variables}\t${at}`)
  return [`${box.server.name}, asked ${at}`, ...lines, ...more].join('\n')
}
