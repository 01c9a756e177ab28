import type { ReactNode } from 'react'
import { moveFocus } from './hooks/move-focus'
import { RunbookStep, type RunbookStepProps } from './runbook-step'

/** A line of the list: a group's head, a step, or the point of no return. */
export type RunbookLine =
  | { kind: 'group'; id: string; title: ReactNode; aside?: ReactNode }
  | ({ kind: 'step'; id: string } & Omit<
      RunbookStepProps,
      'timed' | 'measured' | 'showCommand' | 'selected' | 'onSelect' | 'calm'
    >)
  | { kind: 'no-return'; id: string; words?: string }

/** A runbook: groups of numbered steps with their server, command and time; `timed` adds the measured time beside the rehearsed one. */
export function RunbookList({
  lines,
  label,
  selected,
  onSelect,
  timed = false,
  showCommand = true,
  calm = false
}: RunbookListProps) {
  // Times of an earlier run, or the word that a step is refused: without any, titles and commands have the room.
  const measured = lines.some((line) => line.kind === 'step' && (line.rehearsed || line.refused))
  const firstGroup = lines.find((line) => line.kind === 'group')?.id
  return (
    <ol className="runbook" aria-label={label} onKeyDown={(event) => moveFocus(event, 'button.stp')}>
      {lines.map((line) => {
        switch (line.kind) {
          case 'group':
            return (
              <li key={line.id} className="grp">
                <span className="el">{line.title}</span>
                {line.aside ? (
                  <span className="aside">{line.aside}</span>
                ) : (
                  timed &&
                  line.id === firstGroup && (
                    <span className="cols">
                      {measured && <span>rehearsed</span>}
                      <span>{measured ? 'now' : 'took'}</span>
                    </span>
                  )
                )}
              </li>
            )
          case 'no-return':
            return (
              <li key={line.id} className="ponr">
                {line.words ?? 'point of no return: until here, Abort puts everything back'}
              </li>
            )
          case 'step': {
            const { kind: _kind, id, ...step } = line
            return (
              <li key={id}>
                <RunbookStep
                  {...step}
                  timed={timed}
                  measured={measured}
                  showCommand={showCommand}
                  calm={calm}
                  selected={id === selected}
                  onSelect={onSelect ? () => onSelect(id) : undefined}
                />
              </li>
            )
          }
          default:
            return line satisfies never
        }
      })}
    </ol>
  )
}

/** What a `RunbookList` is told; `calm` colours the running step blue (nothing waits) in place of amber. */
export type RunbookListProps = {
  lines: readonly RunbookLine[]
  label: string
  selected?: string
  onSelect?: (id: string) => void
  timed?: boolean
  showCommand?: boolean
  calm?: boolean
}
