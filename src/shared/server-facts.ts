import type { ReplicationSettings, ServerSurvey } from './server'

/** One thing a server said of itself, in a form to show and to copy. */
export interface ServerFact {
  group: 'Limits' | 'Binary log' | 'Applier' | 'Filters' | 'Semi-synchronous' | 'Registered replicas' | 'Not told'
  title: string
  value: string
  /** The statement it came from; null: from several. */
  asked: string | null
}

const showVariables = 'SHOW GLOBAL VARIABLES'
const onOff = (on: boolean): string => (on ? 'on' : 'off')

/** `36 h`, `10 days`; a server that keeps its logs for ever says 0. */
const keptFor = (seconds: number): string => {
  if (seconds === 0) return 'until somebody purges them'
  return seconds >= 172_800 ? `${Math.round(seconds / 86_400)} days` : `${Math.round(seconds / 3600)} h`
}

const binlogFacts = ({ binlog }: ReplicationSettings, logBin: boolean): ServerFact[] => {
  const put = (title: string, value: string): ServerFact => ({
    group: 'Binary log',
    title,
    value,
    asked: showVariables
  })
  if (!logBin) return [put('Binary log', 'off')]
  return [
    put('Format', [binlog.format, binlog.rowImage].filter(Boolean).join(' ') || 'unknown'),
    put('Logs what it applies', onOff(binlog.logsReplicated)),
    ...(binlog.keepSeconds === null ? [] : [put('Logs are kept', keptFor(binlog.keepSeconds))]),
    ...(binlog.onlyDbs.length ? [put('Only these schemas are logged', binlog.onlyDbs.join(', '))] : []),
    ...(binlog.withoutDbs.length ? [put('Schemas that are not logged', binlog.withoutDbs.join(', '))] : [])
  ]
}

const applierFacts = ({ applier }: ReplicationSettings): ServerFact[] => {
  const put = (title: string, value: string): ServerFact => ({ group: 'Applier', title, value, asked: showVariables })
  return [
    ...(applier.workers === null
      ? []
      : [put('Workers', applier.workers <= 1 ? `${applier.workers}: one after the other` : `${applier.workers}`)]),
    ...(applier.mode ? [put('Side by side', applier.mode)] : []),
    ...(applier.keepsOrder === null ? [] : [put('Keeps commit order', applier.keepsOrder ? 'yes' : 'no')])
  ]
}

const semiSyncFacts = ({ semiSync }: ReplicationSettings): ServerFact[] => {
  const put = (title: string, value: string): ServerFact => ({
    group: 'Semi-synchronous',
    title,
    value,
    asked: semiSync.named ? `SHOW GLOBAL VARIABLES LIKE '${semiSync.named}%'` : showVariables
  })
  if (semiSync.kind === 'absent') return [put('Semi-synchronous', 'not installed')]
  return [
    put('As source', onOff(semiSync.asSource)),
    put('As replica', onOff(semiSync.asReplica)),
    ...(semiSync.working === null ? [] : [put('Waits for a replica now', semiSync.working ? 'yes' : 'no')]),
    ...(semiSync.replicas === null ? [] : [put('Replicas that answer', `${semiSync.replicas}`)]),
    ...(semiSync.timeoutMs === null ? [] : [put('Gives up after', `${semiSync.timeoutMs} ms`)])
  ]
}

/** Everything a survey tells beyond identity, role and links, in the order it is read. Pure. */
export const serverFacts = (survey: ServerSurvey): ServerFact[] => {
  const { replication, limits = [], registered = [], untold = [] } = survey
  return [
    ...limits.flatMap((limit): ServerFact[] => [
      { group: 'Limits', title: 'It is', value: `${limit.name} (${limit.seenBy})`, asked: null },
      ...limit.can.map((value): ServerFact => ({ group: 'Limits', title: 'Siteswap can', value, asked: null })),
      ...limit.cannot.map((value): ServerFact => ({ group: 'Limits', title: 'Siteswap cannot', value, asked: null })),
      { group: 'Limits', title: 'Instead', value: limit.instead, asked: null }
    ]),
    ...(replication
      ? [...binlogFacts(replication, survey.logBin), ...applierFacts(replication), ...semiSyncFacts(replication)]
      : []),
    ...(replication?.filters ?? []).map(
      (filter): ServerFact => ({ group: 'Filters', title: 'Of the server', value: filter, asked: showVariables })
    ),
    ...registered.map(
      (replica): ServerFact => ({
        group: 'Registered replicas',
        title: `server_id ${replica.serverId}`,
        value: [`${replica.host || 'did not say where'}:${replica.port}`, replica.uuid].filter(Boolean).join(', '),
        asked: survey.registeredAsked ?? null
      })
    ),
    ...untold.map(({ asked, why }): ServerFact => ({ group: 'Not told', title: asked, value: why, asked }))
  ]
}
