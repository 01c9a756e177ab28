/** How a line of the picture is drawn, by what it means. */
export type LinkKind = 'from-old' | 'from-new' | 'inside' | 'app' | 'planned' | 'stopped' | 'pair' | 'bridge'

const classes: Record<Exclude<LinkKind, 'bridge'>, string> = {
  'from-old': 'lk o',
  'from-new': 'lk n',
  inside: 'lk',
  app: 'lk app',
  planned: 'lk plan',
  stopped: 'lk stop',
  pair: 'lk pair'
}

/** A short sample of a line of the picture, for the legend; its word stands beside it. */
export function LinkLine({ kind, width = 28 }: { kind: LinkKind; width?: number }) {
  return (
    <svg width={width} height="12" aria-hidden="true">
      {kind === 'bridge' ? (
        <path className="lk bridge" d={`M0 2.5h${width}M0 4.5h${width}M0 8.5h${width}M0 10.5h${width}`} />
      ) : (
        <path className={classes[kind]} d={`M0 6h${width}`} />
      )}
    </svg>
  )
}
