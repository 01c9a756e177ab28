import { CodeFrame, type CodeFrameProps } from './code-frame'
import { visibleString } from './visible-text'

/** Shell commands exactly as they run; each line gets the prompt of its user; `null` for what a program is fed with. */
export function CommandBlock({ command, prompt = '$', ...frame }: CommandBlockProps) {
  return (
    <CodeFrame {...frame} text={command}>
      {command.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
        <span key={index} className="cmd-line">
          {prompt && <i>{prompt}</i>}
          <span>{visibleString(line, 20_000)}</span>
        </span>
      ))}
    </CodeFrame>
  )
}

/** What a `CommandBlock` is told. */
export type CommandBlockProps = { command: string; prompt?: '$' | '#' | null } & Omit<
  CodeFrameProps,
  'text' | 'children'
>
