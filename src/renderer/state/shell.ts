import { create } from 'zustand'
import type { AppInfo, Events, MoveListItem } from '../../shared/contract'
import type { HostKeyQuestion } from '../../shared/doctor'
import { type Failure, failureOf } from '../../shared/failure'
import type { StationId } from '../../shared/journey'
import type { KeychainState } from '../../shared/secret'
import type { SignInAnswers, SignInQuestion } from '../../shared/sign-in'
import { call, on } from '../api'

export interface Notice {
  id: number
  tone: 'ok' | 'attention' | 'danger'
  text: string
  detail: string | null
  /** One thing the person can still do about it, such as Undo. */
  action?: { label: string; run: () => void }
}

export type Theme = 'system' | 'dark' | 'light'

interface Shell {
  info: AppInfo | null
  moves: MoveListItem[] | null
  listFailure: Failure | null
  station: StationId
  /** A named command the station should carry out when it is shown (the Next button). */
  command: string | null
  hostKey: HostKeyQuestion | null
  signIn: SignInQuestion | null
  notices: Notice[]
  theme: Theme
  paletteOpen: boolean
}

export const useShell = create<Shell>(() => ({
  info: null,
  moves: null,
  listFailure: null,
  station: 'sites',
  command: null,
  hostKey: null,
  signIn: null,
  notices: [],
  theme: 'system',
  paletteOpen: false
}))

const unknownKeychain: KeychainState = { kind: 'unknown' }

/** What the keychain of this computer is like, as far as it has been asked. */
export const useKeychain = (): KeychainState => useShell((shell) => shell.info?.keychain ?? unknownKeychain)

let noticeId = 0

/** Shows what ended out of sight; goes away by itself unless it is a danger. */
export const notify = (notice: Events['notice'] & Pick<Notice, 'action'>): void => {
  noticeId += 1
  const shown = { ...notice, id: noticeId }
  useShell.setState(({ notices }) => ({ notices: [...notices.slice(-3), shown] }))
  if (notice.tone !== 'danger') setTimeout(() => dismissNotice(shown.id), 8000)
}

export const dismissNotice = (id: number): void =>
  useShell.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))

/** Runs a command of a person; its failure is shown, never lost. */
export const attempt = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    const failure = failureOf(error)
    notify({
      tone: 'danger',
      text: failure.what,
      detail: [failure.where, failure.why, failure.words, ...failure.try].filter(Boolean).join(' · ') || null
    })
    return null
  }
}

export const openStation = (station: StationId, command: string | null = null): void =>
  useShell.setState({ station, command })
export const takeCommand = (): string | null => {
  const { command } = useShell.getState()
  if (command !== null) useShell.setState({ command: null })
  return command
}
export const setTheme = (theme: Theme): void => useShell.setState({ theme })
export const togglePalette = (open?: boolean): void =>
  useShell.setState((shell) => ({ paletteOpen: open ?? !shell.paletteOpen }))

export const loadMoves = async (): Promise<void> => {
  try {
    useShell.setState({ moves: await call('moves.list', {}), listFailure: null })
  } catch (error) {
    useShell.setState({ listFailure: failureOf(error) })
  }
}

export const answerHostKey = async (id: string, accept: boolean): Promise<void> => {
  await attempt(call('hostkey.answer', { id, accept }))
}

export const answerSignIn = async (id: string, answers: SignInAnswers): Promise<void> => {
  await attempt(call('signin.answer', { id, answers }))
}

/** Listens for what concerns the app as a whole. Called once at start. */
export const startShell = async (): Promise<void> => {
  on('hostkey', ({ question }) => useShell.setState({ hostKey: question }))
  on('signin', ({ question }) => useShell.setState({ signIn: question }))
  on('notice', notify)
  on('keychain', ({ keychain }) => useShell.setState(({ info }) => ({ info: info && { ...info, keychain } })))
  await Promise.all([attempt(call('app.info', {}).then((info) => useShell.setState({ info }))), loadMoves()])
}
