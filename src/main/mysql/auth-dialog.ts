/** One question of MariaDB's `dialog` plugin, by which PAM speaks. */
export interface DialogQuestion {
  /** What is typed would not be shown: a password is wanted. */
  hidden: boolean
  /** The server says that no question follows. */
  last: boolean
  text: string
}

const longest = 200
/** Ordinary question, the last one; password, the last one (`plugin_auth.h`, ORDINARY_QUESTION …). */
const firstKind = 2
const lastKind = 5

/** Whether a packet that begins like this is a question. */
export const isDialogQuestion = (firstByte: number): boolean => firstByte >= firstKind && firstByte <= lastKind

/** A question out of a packet; null when it is none. An empty packet, as MariaDB begins with, asks for the password without words. */
export const readDialogQuestion = (bytes: Uint8Array): DialogQuestion | null => {
  const kind = bytes[0]
  if (kind === undefined) return { hidden: true, last: false, text: '' }
  if (!isDialogQuestion(kind)) return null
  const text = Buffer.from(bytes.subarray(1, 1 + longest)).toString('utf8')
  return { hidden: kind >> 1 === 2, last: (kind & 1) === 1, text: text.replace(/\p{Cc}+/gu, ' ').trim() }
}

/** An answer as the plugin sends it. */
export const dialogAnswer = (answer: string): Buffer => Buffer.from(`${answer}\0`, 'utf8')
