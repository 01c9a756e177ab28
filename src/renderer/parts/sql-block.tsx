import { CodeFrame, type CodeFrameProps } from './code-frame'
import { SqlText } from './sql-text'

/** Statements exactly as they are sent: `head` says server and session, `side` the site they touch. */
export function SqlBlock({ sql, ...frame }: { sql: string } & Omit<CodeFrameProps, 'text' | 'children'>) {
  return (
    <CodeFrame {...frame} text={sql}>
      <SqlText sql={sql} />
    </CodeFrame>
  )
}
