import { deadlineText, within } from '../../shared/deadline'
import { fail } from '../../shared/failure'
import { databaseSecret } from '../../shared/secret'
import type { ServerSurvey } from '../../shared/server'
import { openSession } from '../mysql/open-session'
import { probeCapabilities } from '../mysql/probe-capabilities'
import type { Session } from '../mysql/session'
import { surveyServer } from '../mysql/survey'
import { databaseOf, dialDatabase } from '../reach/dial-database'
import type { Reach } from '../reach/reach'
import { targetOver } from '../reach/target-over'
import { readTlsFiles } from '../reach/tls-files'
import type { Target } from './crawl'
import { entryLike } from './entry-like'

export interface AskOptions {
  deadlineMs: number
  signal: AbortSignal
}

type Asked = Pick<Target, 'id' | 'server' | 'like' | 'host' | 'port'>

/** Asks one server who it is and whom it knows: signs in, a few small reads, closed again. Only reads. */
export const askServer = async (reach: Reach, target: Asked, options: AskOptions): Promise<ServerSurvey> => {
  const ending = new AbortController()
  const signal = AbortSignal.any([options.signal, ending.signal])
  const { deadlineMs } = options
  const held: { session?: Session } = {}
  const asking = async (): Promise<ServerSurvey> => {
    const session =
      target.server === null
        ? await openThere(reach, target, { deadlineMs, signal })
        : await reach.openSession(target.server, 'discover', { packets: true, deadlineMs, signal })
    held.session = session
    const capabilities = await probeCapabilities(session)
    return surveyServer(session, capabilities, target.id, { deadlineMs, signal })
  }
  const place = target.server ?? `${target.host}:${target.port}`
  const work = asking()
  try {
    return await within(
      work,
      deadlineMs,
      () =>
        fail('timeout', `${place} did not answer within ${deadlineText(deadlineMs)}.`, {
          where: place,
          try: ['Ask it again, or through the SSH host of another server.']
        }),
      { signal: options.signal }
    )
  } finally {
    ending.abort()
    // Whatever still opens is dropped when it is there.
    void work.catch(() => undefined).finally(() => held.session?.close().catch(() => undefined))
  }
}

/** A session at an address that is not in the move, by the way and the account of a server that is. */
const openThere = async (reach: Reach, target: Asked, { deadlineMs, signal }: AskOptions): Promise<Session> => {
  const like = reach.entry(target.like)
  const entry = entryLike(like, { id: target.like, name: target.id, host: target.host, port: target.port })
  const database = databaseOf(entry)
  const files = await readTlsFiles(target.like, database, (ref) => reach.secret(ref).catch(() => null))
  const password = await reach.secret(databaseSecret(target.like))
  const dialled = await dialDatabase(entry, () => reach.ssh(target.like), deadlineMs, signal)
  try {
    return await openSession({
      name: 'discover',
      server: target.id,
      ...targetOver(dialled, { user: database.user, password }, database, files),
      packets: true,
      deadlineMs,
      signal,
      secrets: () => [password]
    })
  } catch (error) {
    dialled.stream.destroy()
    throw error
  }
}
