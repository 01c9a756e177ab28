import { CopyButton } from '../../parts/copy-button'
import { Icon } from '../../parts/icon'

/** The statement, or the command of a shell, by which the values above can be asked for by hand. */
export function Asked(asked: { sql: string } | { command: string }) {
  const [shown, copied] = 'sql' in asked ? [asked.sql, `${asked.sql};`] : [asked.command, asked.command]
  return (
    <div className="asked">
      <Icon name="terminal" size={12} />
      <code className="m11 el sel-text" title={shown}>
        {shown}
      </code>
      <CopyButton text={copied} label={`Copy ${shown}`}>
        Copy
      </CopyButton>
    </div>
  )
}
