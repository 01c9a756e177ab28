import { Fragment, type ReactNode } from 'react'

/** One line of facts: name, value, and its age (an `Age` or words). */
export type KeyValue = { key: string; value: ReactNode; age?: ReactNode; mono?: boolean; wraps?: boolean }

/** Facts with their ages, names left. */
export function KeyValues({ items, keyWidth = 92 }: { items: readonly KeyValue[]; keyWidth?: number }) {
  return (
    <dl
      className="kv"
      style={keyWidth === 92 ? undefined : { gridTemplateColumns: `${keyWidth}px minmax(0, 1fr) auto` }}
    >
      {items.map((item) => (
        <Fragment key={item.key}>
          <dt className="k" title={item.key}>
            {item.key}
          </dt>
          <dd
            className={`v${item.mono ? ' m' : ''}${item.wraps ? ' wraps' : ''}`}
            title={typeof item.value === 'string' ? item.value : undefined}
          >
            {item.value}
          </dd>
          <dd className="a age">{item.age}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
