import type { Move } from '../../shared/move'
import { changesBetween, changesTitle, type MoveChange } from '../../shared/move-changes'

const longest = 100
/** Keystrokes in one field are one edit. */
const oneEditMs = 3_000

interface Edit {
  before: Move
  after: Move
  /** Which fields it changed. */
  fields: string
  at: number
}

/** Edits of one opened move that can be taken back, in memory only. */
export interface EditHistory {
  add(before: Move, after: Move, at: number): void
  /** The document an undo would lead to; waivers are decisions in the journal and stay. */
  undo(now: Move): Move | null
  redo(now: Move): Move | null
  /** The undo or redo that was asked for is done. */
  moved(way: 'undo' | 'redo'): void
  titles(): { undo: string | null; redo: string | null }
}

const fieldsOf = (changes: readonly MoveChange[]): string =>
  changes.map(({ subject, field }) => `${subject}/${field}`).join('\n')

export const makeEditHistory = (): EditHistory => {
  const done: Edit[] = []
  const undone: Edit[] = []
  const title = (edit: Edit | undefined) => (edit ? changesTitle(changesBetween(edit.before, edit.after)) : null)
  const keeping = (document: Move | undefined, now: Move): Move | null =>
    document ? { ...document, waivers: now.waivers } : null
  return {
    add: (before, after, at) => {
      const changes = changesBetween({ ...before, waivers: [] }, { ...after, waivers: [] })
      if (changes.length === 0) return
      undone.length = 0
      const fields = fieldsOf(changes)
      const last = done.at(-1)
      const goesOn = last && last.fields === fields && at - last.at < oneEditMs
      if (goesOn) done[done.length - 1] = { ...last, after, at }
      else done.push({ before, after, fields, at })
      if (done.length > longest) done.shift()
    },
    undo: (now) => keeping(done.at(-1)?.before, now),
    redo: (now) => keeping(undone.at(-1)?.after, now),
    moved: (way) => {
      const edit = way === 'undo' ? done.pop() : undone.pop()
      // Typing goes on as a new edit after an undo.
      if (edit) (way === 'undo' ? undone : done).push({ ...edit, at: 0 })
    },
    titles: () => ({ undo: title(done.at(-1)), redo: title(undone.at(-1)) })
  }
}
