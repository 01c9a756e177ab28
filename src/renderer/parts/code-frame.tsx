import type { ReactNode } from 'react'
import { CopyButton } from './copy-button'
import { HalfDisc, type Side } from './half-disc'
import { Icon } from './icon'

/** The framed block of statements and commands: where it runs, in which session, and Copy. */
export function CodeFrame({ head, side, text, small, wraps, bounded, aside, children }: CodeFrameProps) {
  return (
    <div className={`sql${small ? ' s11' : ''}${wraps ? ' wraps' : ''}${bounded ? ' bounded' : ''}`}>
      <div className="bar2">
        {side ? <HalfDisc side={side} size={12} /> : <Icon name="terminal" size={12} />}
        <span className="el">{head}</span>
        <span className="end">
          {aside}
          <CopyButton text={text} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling block is reached by keyboard */}
      <pre tabIndex={0}>{children}</pre>
    </div>
  )
}

/** What a `CodeFrame` holds; `text` is what Copy copies, `side` the site it touches. */
export type CodeFrameProps = {
  head: ReactNode
  side?: Side
  text: string
  small?: boolean
  wraps?: boolean
  bounded?: boolean
  aside?: ReactNode
  children: ReactNode
}
