import { StringDecoder } from 'node:string_decoder'

const outputLimit = 1024 * 1024

/** What a command wrote to one of its outputs. */
export interface Collected {
  text(): string
  truncated(): boolean
  end(): void
}

/** Keeps the text of an output up to 1 MiB and tells all of it as it comes. */
export const collect = (stream: NodeJS.ReadableStream, onText: ((text: string) => void) | undefined): Collected => {
  const decoder = new StringDecoder('utf8')
  let text = ''
  let truncated = false
  const take = (piece: string) => {
    if (piece === '') return
    const room = outputLimit - text.length
    if (piece.length > room) truncated = true
    if (room > 0) text += piece.slice(0, room)
    onText?.(piece)
  }
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)))
  stream.on('error', () => undefined)
  return { text: () => text, truncated: () => truncated, end: () => take(decoder.end()) }
}
