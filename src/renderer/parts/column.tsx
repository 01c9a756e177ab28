import type { CSSProperties, ReactNode } from 'react'

/** One scrolling column of a `Body`; `gap` pads it and spaces cards, `width` fixes it, `ruled` draws the line at its right, `panel` paints it as a panel (tables, lists). */
export function Column({ children, gap, width, ruled, panel, label }: ColumnProps) {
  const style: CSSProperties = {
    ...(gap ? { padding: 16, gap: 12 } : {}),
    ...(width ? { width, flex: 'none' } : {}),
    ...(panel ? { background: 'var(--panel)' } : {}),
    ...(ruled ? { borderRight: '1px solid var(--line)' } : {})
  }
  return (
    <section className={`col scroll${width ? '' : ' grow'}`} style={style} aria-label={label}>
      {children}
    </section>
  )
}

/** What a `Column` is told. */
export type ColumnProps = {
  children: ReactNode
  gap?: boolean
  width?: number | string
  ruled?: boolean
  panel?: boolean
  label?: string
}
