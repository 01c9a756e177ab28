import type { DocumentState, OutsideEdit } from '../../shared/document'
import { fail, failureOf } from '../../shared/failure'
import type { Move } from '../../shared/move'
import { changeLine, changesBetween, type MoveChange } from '../../shared/move-changes'
import { isEmptyReview, notIn, reviewOf } from '../../shared/move-review'
import { type SecretMapping, secretMapping } from '../../shared/secret-mapping'
import { moveText } from '../store/move-text'
import type { KeptMove, Moves } from '../store/moves'
import { watchDocument } from '../store/watch-document'
import { makeEditHistory } from './edit-history'

/** How a document came to be the one that counts; `site`: a saved site was put in. Only what was edited here removes the secrets of what it takes away. */
export type ChangedBy = 'edit' | 'site' | 'undo' | 'outside' | 'version'

export interface LiveDocumentDeps {
  moves: Moves
  moveId: string
  first: KeptMove
  /** Throws when the move cannot be changed in this way now. */
  mayBecome(before: Move, after: Move): void
  /** The move is another one from now on. */
  onMove(before: Move, after: Move, by: ChangedBy): Promise<void>
  onState(state: DocumentState): void
  follow(mapping: SecretMapping): Promise<void>
  /** For the journal: what was not typed here. */
  note(text: string): Promise<unknown>
}

/** The document of one opened move: saved as it is edited, watched for edits from outside, with undo and earlier versions. */
export interface LiveDocument {
  move(): Move
  savedAt(): number
  state(): DocumentState
  save(next: Move): Promise<number>
  /** The same for what did not come from a form: forms that are open begin anew. */
  put(next: Move): Promise<void>
  undo(): Promise<void>
  redo(): Promise<void>
  restore(versionId: string): Promise<void>
  drafting(drafting: boolean): void
  outside(choice: 'take' | 'keep' | 'dismiss'): Promise<void>
  /** Looks at the file now; the watcher does so by itself. */
  look(): Promise<void>
  close(): Promise<void>
}

const lines = (changes: readonly MoveChange[]): string => changes.slice(0, 20).map(changeLine).join('; ') || 'no change'

const undecided = () =>
  fail('conflict', 'Not saved: the move’s file was changed by another program.', {
    try: ['Decide at the top of the window whether the file counts or what is here.']
  })

export const openLiveDocument = async (deps: LiveDocumentDeps): Promise<LiveDocument> => {
  const { moves, moveId } = deps
  let { move, text } = deps.first
  let savedAt = Date.now()
  let epoch = 0
  let outside: OutsideEdit | null = null
  /** What could not be written yet. */
  let unsaved: Move | null = null
  let drafts = false
  let closed = false
  const history = makeEditHistory()
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work)
    queue = next.catch(() => undefined)
    return next
  }
  const state = (): DocumentState => ({ epoch, ...history.titles(), outside })
  const tell = () => deps.onState(state())
  const say = (next: OutsideEdit | null) => {
    if (JSON.stringify({ ...outside, at: 0 }) === JSON.stringify({ ...next, at: 0 })) return
    outside = next
    tell()
  }

  /** The document counts also when the journal cannot be written. */
  const note = (text: string) => deps.note(text).catch(() => {})

  const become = async (next: Move, by: ChangedBy): Promise<void> => {
    const before = move
    const mapping = secretMapping(before, next)
    move = next
    unsaved = null
    savedAt = Date.now()
    if (by !== 'edit') epoch += 1
    // The secrets first: a hop that took another's place must not be shown its password.
    await deps.follow(by === 'edit' || by === 'site' ? mapping : (ref) => mapping(ref) ?? ref)
    await deps.onMove(before, next, by)
  }

  const write = async (next: Move, by: ChangedBy, keepBefore = false): Promise<void> => {
    unsaved = next
    text = await moves.write(next, { keepBefore })
    await become(next, by)
  }

  const take = async (theirs: Move, theirText: string): Promise<void> => {
    const changes = changesBetween(move, theirs)
    const mine = unsaved ?? move
    await moves.keep(mine, savedAt)
    await moves.allow(moveId, reviewOf(theirs))
    text = theirText
    history.add(mine, theirs, 0)
    await become(theirs, 'outside')
    outside = changes.length ? { kind: 'taken', at: Date.now(), changes } : null
    tell()
    if (changes.length) await note(`The move’s file was changed outside Siteswap: ${lines(changes)}`)
  }

  const reasonToAsk = (theirs: Move): 'unsaved' | 'new-ways' | 'running' | null => {
    if (drafts || unsaved) return 'unsaved'
    try {
      deps.mayBecome(move, theirs)
    } catch {
      return 'running'
    }
    return isEmptyReview(notIn(reviewOf(theirs), reviewOf(move))) ? null : 'new-ways'
  }

  /** Reads the file; true when it is as it was left here. */
  const compare = async (): Promise<boolean> => {
    const found = await moves.text(moveId)
    if (found === text) {
      if (outside && outside.kind !== 'taken') say(null)
      return true
    }
    const at = Date.now()
    if (found === null) {
      say({ kind: 'gone', at })
      return false
    }
    let theirs: Move
    try {
      theirs = moves.parse(moveId, found)
    } catch (error) {
      say({ kind: 'unreadable', at, failure: failureOf(error) })
      return false
    }
    if (moveText(theirs) === moveText(move)) {
      // Only the form differs: nothing to decide, and the next save brings ours back.
      text = found
      say(null)
      return true
    }
    const why = reasonToAsk(theirs)
    if (why === null) {
      await take(theirs, found)
      return true
    }
    const asksFor = notIn(reviewOf(theirs), reviewOf(move))
    say({ kind: 'asks', at, why, changes: changesBetween(unsaved ?? move, theirs), asksFor })
    return false
  }

  const look = () =>
    inTurn(async () => {
      if (closed) return
      // What cannot be read now is looked at again at the next stir or save.
      await compare().catch((error: unknown) => say({ kind: 'unreadable', at: Date.now(), failure: failureOf(error) }))
    })

  const change = async (next: Move, by: ChangedBy): Promise<void> => {
    if (next.id !== moveId) throw fail('conflict', 'The saved document is of another move.')
    deps.mayBecome(move, next)
    const before = move
    // Unsaved from here on: neither it nor a file that came in meanwhile is lost to the other.
    unsaved = next
    if (!(await compare())) throw undecided()
    await write(next, by, by === 'version')
    if (by !== 'undo') history.add(before, next, by === 'edit' ? Date.now() : 0)
    if (outside) outside = null
    tell()
  }

  const travel = (way: 'undo' | 'redo') =>
    inTurn(async () => {
      const next = history[way](move)
      if (!next) throw fail('not-found', `There is nothing to ${way}.`)
      await change(next, 'undo')
      history.moved(way)
      tell()
    })

  const keepMine = async (): Promise<void> => {
    const mine = unsaved ?? move
    await write(mine, mine === move ? 'undo' : 'edit', true)
    outside = null
    tell()
    await note('An edit of the move’s file from outside Siteswap was not taken; it is among the earlier versions.')
  }

  const takeTheirs = async (): Promise<void> => {
    const found = await moves.text(moveId)
    if (found === null) throw fail('not-found', 'The file is not there any more.', { try: ['Keep what is here.'] })
    const theirs = moves.parse(moveId, found)
    deps.mayBecome(move, theirs)
    await take(theirs, found)
    outside = null
    tell()
  }

  const watcher = await watchDocument(moves.documentPath(moveId), () => void look())
  return {
    move: () => move,
    savedAt: () => savedAt,
    state,
    look,
    save: (next) => inTurn(() => change(next, 'edit')).then(() => savedAt),
    put: (next) => inTurn(() => change(next, 'site')),
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    restore: (versionId) =>
      inTurn(async () => {
        const version = await moves.version(moveId, versionId)
        const before = move
        const next = { ...version, waivers: before.waivers }
        await change(next, 'version')
        await note(`An earlier version of the move was restored: ${lines(changesBetween(before, next))}`)
      }),
    drafting: (drafting) => {
      drafts = drafting
    },
    outside: (choice) =>
      inTurn(async () => {
        if (choice === 'take') await takeTheirs()
        else if (choice === 'keep') await keepMine()
        else if (outside?.kind === 'taken') {
          outside = null
          tell()
        }
      }),
    close: async () => {
      closed = true
      watcher.close()
      await queue
    }
  }
}
