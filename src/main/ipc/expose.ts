import { ipcMain as electronIpcMain, type IpcMain, type IpcMainInvokeEvent } from 'electron'
import type { z } from 'zod'
import { type Answers, type CallName, callSchemas } from '../../shared/contract'
import { type Failure, fail, failureOf, type Result } from '../../shared/failure'

export type Handlers = { [Name in CallName]: (args: z.output<(typeof callSchemas)[Name]>) => Promise<Answers[Name]> }

/** Larger payloads are refused before they are looked at; only a whole move or a picture may be larger. */
const payloadLimit = 256 * 1024
const moveLimit = 10 * 1024 * 1024
const largeCalls = new Set(['moves.save', 'topology.exportPicture'])

export interface Sender {
  /** Web contents id of the window the app opened. */
  isOurs(webContentsId: number): boolean
  origin: string
}

type FrameEvent = Pick<IpcMainInvokeEvent, 'senderFrame'> & { sender: { id: number } }

/** Throws unless the message comes from the main frame of our own window, showing our own page (security.md S04). */
export const checkSender = (event: FrameEvent, sender: Sender): void => {
  const frame = event.senderFrame
  const refuse = () => fail('denied', 'A message from outside the app’s own window was refused.')
  if (!frame || frame.parent !== null || frame.detached) throw refuse()
  let url: URL
  try {
    url = new URL(frame.url)
  } catch {
    throw refuse()
  }
  if (`${url.protocol}//${url.host}` !== sender.origin || !sender.isOurs(event.sender.id)) throw refuse()
}

const parseArgs = (name: unknown, args: unknown): { name: CallName; args: unknown } => {
  if (typeof name !== 'string' || !Object.hasOwn(callSchemas, name))
    throw fail('invalid', 'The window asked for something that does not exist.')
  if (JSON.stringify(args ?? {}).length > (largeCalls.has(name) ? moveLimit : payloadLimit))
    throw fail('invalid', 'The message of the window is too large.')
  const parsed = callSchemas[name as CallName].safeParse(args ?? {})
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw fail('invalid', 'A value is missing or not usable.', {
      where: issue?.path.join('.') || name,
      why: issue?.message,
      try: ['Correct the value and try again.']
    })
  }
  return { name: name as CallName, args: parsed.data }
}

/** The one place where a failure becomes data for the renderer: no stack, no error object. */
const asFailure = (error: unknown): { ok: false; failure: Failure } => ({ ok: false, failure: failureOf(error) })

/** One answer to one message: sender, name and argument checked, failure mapped. */
export const answerCall =
  (handlers: Handlers, sender: Sender) =>
  async (event: FrameEvent, name: unknown, args: unknown): Promise<Result<unknown>> => {
    try {
      checkSender(event, sender)
      const call = parseArgs(name, args)
      const handler = handlers[call.name] as (value: unknown) => Promise<unknown>
      return { ok: true, value: await handler(call.args) }
    } catch (error) {
      return asFailure(error)
    }
  }

/** Puts the contract on the app's one channel. */
export const expose = (
  handlers: Handlers,
  sender: Sender,
  ipcMain: Pick<IpcMain, 'handle'> = electronIpcMain
): void => {
  ipcMain.handle('call', answerCall(handlers, sender))
}
