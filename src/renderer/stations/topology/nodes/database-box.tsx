import { Age } from '../../../parts/age'
import { formatBytes, formatCount, formatDuration, formatLag, formatRate } from '../../../parts/format'
import { Icon } from '../../../parts/icon'
import { RoleBadge } from '../../../parts/role-badge'
import { ServerText } from '../../../parts/server-text'
import { Sparkline } from '../../../parts/sparkline'
import { Status } from '../../../parts/status'
import { StatusIcon } from '../../../parts/status-icon'
import { type Box, staleAfterMs } from '../picture'
import { BoxMarks } from './box-marks'
import { lastKnown, versionWords } from './box-words'

type Database = Extract<Box, { kind: 'database' }>

/** The number that matters here: writes where they are taken, lag where they are followed. */
const metricOf = (box: Database) => {
  const { node, follows } = box
  if (box.role !== 'takes-writes' && follows)
    return {
      name: 'lag',
      value: formatLag(follows.lagSeconds),
      values: follows.lagHistory,
      tone: follows.state === 'lagging' ? ('att' as const) : ('text-3' as const)
    }
  const rate = lastKnown(node?.writesPerSecond ?? [])
  return { name: 'writes', value: formatRate(rate), values: node?.writesPerSecond ?? [], tone: 'text-3' as const }
}

const facts = (box: Database): string => {
  const survey = box.node?.survey
  const version = versionWords(box)
  if (!survey || !version) return 'not asked yet'
  return [version, `id ${survey.identity.serverId}`, survey.dataBytes === null ? null : formatBytes(survey.dataBytes)]
    .filter(Boolean)
    .join(' · ')
}

/** A database server: role, version, and a minute of writes or lag. */
export function DatabaseBox({ box, wide, width }: { box: Database; wide: boolean; width: number }) {
  const { node, server, pair } = box
  const survey = node?.survey ?? null
  const failure = node?.failure ?? null
  const metric = metricOf(box)
  return (
    <>
      <span className="n1">
        <Icon name="database" className="ty" />
        <span className="nm" title={server.name}>
          <ServerText cap={80}>{server.name}</ServerText>
        </span>
        <BoxMarks server={server} />
        {pair !== null && <span className="s11 t2">pair {pair}</span>}
        <span className="age">{survey && <Age at={survey.at} staleAfterMs={staleAfterMs} />}</span>
      </span>
      <span className="n2">{facts(box)}</span>
      {failure ? (
        <span className="n2 row g4 c-dan" title={failure.failure.what}>
          <StatusIcon status="danger" size={12} label={true} />
          <span className="el">{failure.failure.what}</span>
        </span>
      ) : (
        wide &&
        survey && (
          <span className="n2">
            {formatCount(survey.connections.total)} of {formatCount(survey.connections.limit)} connections · up{' '}
            {formatDuration(survey.uptimeSeconds * 1000)}
          </span>
        )
      )}
      <span className="n3">
        {survey || failure ? (
          <RoleBadge state={box.role} side={box.side} />
        ) : (
          <Status status="todo" size={12}>
            <span className="s11">not asked</span>
          </Status>
        )}
        {survey && !failure && (
          <>
            <span className="metric">
              <span>{metric.name}</span>
              <b>{metric.value}</b>
            </span>
            <Sparkline
              values={metric.values}
              width={wide ? 140 : width < 240 ? 44 : 72}
              height={wide ? 40 : 28}
              tone={metric.tone}
              label={`${metric.name} over the last minute, now ${metric.value}`}
            />
          </>
        )}
      </span>
    </>
  )
}
