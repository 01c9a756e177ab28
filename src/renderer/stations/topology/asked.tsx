import { CopyButton } from '../../parts/copy-button'
import { Icon } from '../../parts/icon'

/** The statement by which the values above can be asked for by hand. */
export function Asked({ sql }: { sql: string }) {
  return (
    <div className="asked">
      <Icon name="terminal" size={12} />
      <code className="m11 el sel-text" title={sql}>
        {sql}
      </code>
      <CopyButton text={`${sql};`} label={`Copy ${sql}`}>
        Copy
      </CopyButton>
    </div>
  )
}
