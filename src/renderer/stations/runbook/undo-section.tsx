import type { Move } from '../../../shared/move'
import type { UndoPlan } from '../../../shared/runbook'
import { Section } from '../../parts/section'
import { ActionBlock } from './action-block'

/** How a step is taken back: its statements, nothing, or why it cannot be. */
export function UndoSection({ undo, move }: { undo: UndoPlan; move: Move }) {
  switch (undo.kind) {
    case 'nothing':
      return <Section title="Undo" sub="nothing to take back" />
    case 'impossible':
      return (
        <Section title="Undo">
          <p className="s12 t2">{undo.why}</p>
        </Section>
      )
    case 'actions':
      return (
        <Section title="Undo">
          <div className="col g8">
            {undo.actions.map((action, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the order is the name
              <ActionBlock key={index} action={action} move={move} />
            ))}
          </div>
        </Section>
      )
    default:
      return undo satisfies never
  }
}
