import type { ReactNode } from 'react'
import { formatDuration } from './format'
import { StatusIcon } from './status-icon'
import type { StatusKind } from './status-kind'

/** One layer of a connection: when it began after the first one and how long it took; `null` when it was not reached. */
export type Layer = {
  id: string
  status: StatusKind
  name: ReactNode
  words: ReactNode
  /** More lines below it. */
  detail?: readonly string[]
  startMs: number | null
  tookMs: number | null
}

/** Layers that follow each other in time, each with its bar: which one failed, and where the time went. */
export function Waterfall({ layers, label }: { layers: readonly Layer[]; label: string }) {
  const total = Math.max(1, ...layers.map((layer) => (layer.startMs ?? 0) + (layer.tookMs ?? 0)))
  return (
    <ol className="wf" aria-label={label}>
      {layers.map((layer) => (
        <li
          key={layer.id}
          className={
            layer.status === 'danger' || layer.status === 'stop'
              ? 'failed'
              : layer.status === 'todo'
                ? 'todo'
                : undefined
          }
        >
          <StatusIcon status={layer.status} label={true} />
          <span className="nm el">{layer.name}</span>
          <span className="wd el" title={typeof layer.words === 'string' ? layer.words : undefined}>
            {layer.words}
          </span>
          <span className="ms">{layer.tookMs === null ? '' : formatDuration(layer.tookMs)}</span>
          <span className="lane-t" aria-hidden="true">
            {layer.startMs !== null && layer.tookMs !== null && (
              <i style={{ left: `${(layer.startMs / total) * 100}%`, width: `${(layer.tookMs / total) * 100}%` }} />
            )}
          </span>
          {layer.detail?.map((line) => (
            <span className="more" key={line}>
              {line}
            </span>
          ))}
        </li>
      ))}
    </ol>
  )
}
