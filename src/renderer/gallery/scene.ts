import type { AppInfo, CallName, Calls, MoveListItem, OpenMove } from '../../shared/contract'
import type { HostKeyQuestion } from '../../shared/doctor'
import type { Failure } from '../../shared/failure'
import type { StationId } from '../../shared/journey'
import type { SignInQuestion } from '../../shared/sign-in'

/** What the main process would answer on a page; a thrown FailureError is a failure. */
export type FakeAnswers = { [Name in CallName]?: (args: Calls[Name]['args']) => Calls[Name]['answer'] }

/** Hands that press and type on a page after it is drawn, by the names a screen reader says. */
export interface Hands {
  /** Presses the button, tab, row or switch with this name (exact, or its beginning). */
  press(name: string): Promise<void>
  /** Types into the field with this label. */
  type(label: string, text: string): Promise<void>
  /** Chooses an option of the nth list with this label, by its id. */
  choose(label: string, nth: number, id: string): Promise<void>
  /** Presses a key where the focus is. */
  key(key: string): Promise<void>
}

interface AnyScene {
  answers?: FakeAnswers
  info?: Partial<AppInfo>
  hostKey?: HostKeyQuestion
  signIn?: SignInQuestion
  /** Brings the page to its state; it runs once after the first picture. */
  after?: (hands: Hands) => Promise<void>
}

/** What a page shows: the list of moves, or an opened move at a station. */
export type Scene =
  | (AnyScene & { kind: 'home'; moves: MoveListItem[] | null; listFailure?: Failure })
  | (AnyScene & {
      kind: 'move'
      open: OpenMove
      station: StationId
      command?: string
      sessions?: number
      saveFailure?: Failure
    })

/** A page of the gallery: its name is `<station>-<state>`. */
export type GalleryPages = Record<string, () => Scene>
