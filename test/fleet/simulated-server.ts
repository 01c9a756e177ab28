import { createServer, type Server, type Socket } from 'node:net'
import { answerOf } from './answer'
import { splitOutside } from './select-list'
import { type Answer, answersOf, greeting, packetReader } from './wire'
import type { FleetServer, World } from './world'

/** What came over the line of one server since its counts were last put to zero. */
export interface Counts {
  connections: number
  statements: number
  /** Times a client had to wait for this server after it had signed in. */
  roundTrips: number
  unknown: string[]
  lastAnswerAt: number
  /** When its first whole survey was answered; 0: not yet. */
  surveyedAt: number
}

export interface Simulated {
  readonly counts: Counts
  /** Begins to listen, or stops, as the server's mood is now. */
  settle(): Promise<void>
  stop(): Promise<void>
}

const freshCounts = (): Counts => ({
  connections: 0,
  statements: 0,
  roundTrips: 0,
  unknown: [],
  lastAnswerAt: 0,
  surveyedAt: 0
})
const command = { quit: 1, useDatabase: 2, query: 3, ping: 14, reset: 31 }
const unsupported: Answer = { kind: 'error', code: 1295, state: 'HY000', text: 'This command is not supported here' }

/** One server of a fleet on its own address, speaking the real protocol; it looks its facts up anew for each statement. */
export const simulatedServer = (name: string, world: () => World, roundTripMs: () => number): Simulated => {
  const counts = freshCounts()
  const sockets = new Set<Socket>()
  let server: Server | null = null
  let connections = 0
  const facts = (): FleetServer => {
    const found = world().servers.get(name)
    if (!found) throw new Error(`There is no ${name} in this fleet.`)
    return found
  }

  const say = (sql: string): Answer[] => {
    const answers: Answer[] = []
    for (const one of splitOutside(sql, ';')) {
      counts.statements += 1
      const known = answerOf(one, facts(), world(), Date.now())
      if (known === null) counts.unknown.push(one)
      answers.push(
        known ?? { kind: 'error', code: 1105, state: 'HY000', text: `The simulator has no answer to: ${one}` }
      )
      // As a server does: the rest of the packet is not run.
      if (answers.at(-1)?.kind === 'error') break
    }
    return answers
  }

  const answerTo = (body: Buffer): Answer[] | null => {
    switch (body[0]) {
      case command.quit:
        return null
      case command.query:
        return say(body.subarray(1).toString('utf8'))
      case command.ping:
      case command.useDatabase:
      case command.reset:
        return [{ kind: 'ok' }]
      default:
        return [unsupported]
    }
  }

  const talk = (socket: Socket) => {
    const read = packetReader()
    let signedIn = false
    let heard = 0
    socket.on('data', (chunk: Buffer) => {
      const packets = read(chunk)
      if (packets.length > 0 && signedIn) counts.roundTrips += 1
      const replies: Buffer[] = []
      let isSurvey = false
      for (const { sequence, body } of packets) {
        if (!signedIn) {
          signedIn = true
          replies.push(answersOf([{ kind: 'ok' }], sequence + 1))
          continue
        }
        const { mood } = facts()
        if (mood.kind === 'half' && heard >= mood.statements) return
        const answers = answerTo(body)
        isSurvey ||= body.includes('SHOW GLOBAL STATUS')
        if (answers === null) return socket.end()
        const left = mood.kind === 'half' ? mood.statements - heard : answers.length
        heard += answers.length
        const bytes = left < answers.length ? answersOf(answers.slice(0, left), 1, true) : answersOf(answers)
        if (mood.kind === 'torn' && heard > mood.statements) {
          socket.write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
          return socket.destroy()
        }
        replies.push(bytes)
      }
      if (replies.length === 0) return
      const { mood } = facts()
      const delay = roundTripMs() + (mood.kind === 'slow' ? mood.ms : 0)
      const send = () => {
        if (socket.destroyed) return
        socket.write(Buffer.concat(replies))
        counts.lastAnswerAt = Date.now()
        if (isSurvey && counts.surveyedAt === 0) counts.surveyedAt = counts.lastAnswerAt
      }
      if (delay > 0) setTimeout(send, delay)
      else send()
    })
  }

  const open = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    counts.connections += 1
    connections += 1
    if (facts().mood.kind === 'silent') return
    const { greets } = world().recordings[facts().model]
    socket.write(greeting(facts().variables.version ?? greets, connections))
    talk(socket)
  }

  const close = async (): Promise<void> => {
    const closing = server
    server = null
    for (const socket of sockets) socket.destroy()
    if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()))
  }

  return {
    counts,
    settle: async () => {
      const { mood, host, port } = facts()
      if (mood.kind === 'dead') return close()
      if (server) return
      const made = createServer(open)
      server = made
      await new Promise<void>((resolve, reject) => {
        made.once('error', reject)
        made.listen({ host, port }, resolve)
      })
    },
    stop: close
  }
}
