import { Fragment, type ReactNode } from 'react'
import { CopyIcon } from './copy-icon'

/** One line of facts: name, value, and its age (an `Age` or words); `asked` is the statement it came from, `copy` what can be copied of it. */
export type KeyValue = {
  key: string
  value: ReactNode
  age?: ReactNode
  mono?: boolean
  wraps?: boolean
  asked?: string
  copy?: string
}

/** Facts with their ages, names left. */
export function KeyValues({ items, keyWidth = 92 }: { items: readonly KeyValue[]; keyWidth?: number }) {
  return (
    <dl
      className="kv"
      style={keyWidth === 92 ? undefined : { gridTemplateColumns: `${keyWidth}px minmax(0, 1fr) auto` }}
    >
      {items.map((item) => (
        <Fragment key={item.key}>
          <dt className="k" title={item.asked ? `${item.key}, from ${item.asked}` : item.key}>
            {item.key}
          </dt>
          <dd
            className={`v${item.mono ? ' m' : ''}${item.wraps ? ' wraps' : ''}`}
            title={typeof item.value === 'string' ? item.value : undefined}
          >
            {item.value}
            {item.copy !== undefined && <CopyIcon text={item.copy} label={`Copy ${item.key}`} />}
          </dd>
          <dd className="a age">{item.age}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
