import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'

/** More than any greeting before the version is worth reading. */
const longest = 2048

/** What the other side says before anything is agreed: an SSH server its version, anything else its own words. */
export interface FirstWords {
  /** As latin1 text, at most 2 KiB. */
  text(): string
}

/** The version line of an SSH server among its first words, or null: `SSH-2.0-OpenSSH_9.2p1 Debian-2`. */
export const sshVersionIn = (text: string): string | null => /^SSH-[^\r\n]{1,255}(?=\r?\n)/m.exec(text)?.[0] ?? null

/** Listens beside the SSH library, until the version is told. */
export const hearFirstWords = (stream: Duplex, onVersion: (version: string) => void): FirstWords => {
  let text = ''
  const hear = (chunk: Buffer | string) => {
    text += (typeof chunk === 'string' ? chunk : chunk.toString('latin1')).slice(0, longest - text.length)
    const version = sshVersionIn(text)
    if (version === null && text.length < longest) return
    stream.off('data', hear)
    if (version !== null) onVersion(version)
  }
  // A stream's own `on` would start the flow, maybe before the library listens, and what came then would be lost to it.
  EventEmitter.prototype.on.call(stream, 'data', hear)
  return { text: () => text }
}

/** What speaks there instead of an SSH server, as far as its first words tell. */
export type Stranger =
  | { kind: 'silent' }
  | { kind: 'web' }
  | { kind: 'database'; version: string }
  | { kind: 'crowded' }
  | { kind: 'penalty' }
  | { kind: 'old-ssh'; version: string }
  | { kind: 'other'; words: string }

/** Reads first words that did not lead to an SSH session. */
export const strangerIn = (text: string): Stranger => {
  if (text === '') return { kind: 'silent' }
  if (/^HTTP\/\d|<html/i.test(text)) return { kind: 'web' }
  if (/Exceeded MaxStartups/i.test(text)) return { kind: 'crowded' }
  if (/Not allowed at this time/i.test(text)) return { kind: 'penalty' }
  const old = /^SSH-1\.\d+-[^\r\n]*/m.exec(text)?.[0]
  if (old && !old.startsWith('SSH-1.99')) return { kind: 'old-ssh', version: old.slice(0, 80) }
  const [, version] = /^[\s\S]{3}\0\n(\d+\.\d+[^\0]{0,60})\0/.exec(text) ?? []
  return version === undefined ? { kind: 'other', words: text.slice(0, 200) } : { kind: 'database', version }
}
