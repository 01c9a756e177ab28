import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import ssh2, { type Connection, type KeyboardAuthContext } from 'ssh2'

/** One round: what is asked, and whether the answers are right. `null`: hang up instead of asking. */
export interface Round {
  name?: string
  instructions?: string
  prompts: { prompt: string; echo: boolean }[]
  right?: (answers: string[]) => boolean
}

export interface QuestioningSshd {
  port: number
  hostKey: string
  /** Methods that were tried, in order, and every answer given. */
  tried: string[]
  answers: string[][]
  hangUp(): void
  stop(): Promise<void>
}

/** An SSH server of our own that asks whatever a test wants: no real one can be made to ask all of it. */
export const startQuestioningSshd = async (
  keyPath: string,
  /** Without rounds it takes passwords only. */
  script: { rounds: Round[]; password?: string; after?: 'publickey' }
): Promise<QuestioningSshd> => {
  const tried: string[] = []
  const answers: string[][] = []
  const connections = new Set<Connection>()
  const ask = (context: KeyboardAuthContext, rest: Round[], reject: () => void) => {
    const [round, ...more] = rest
    if (!round) return context.accept()
    context.prompt(round.prompts, round.name ?? '', round.instructions ?? '', (given) => {
      answers.push(given)
      if (round.right && !round.right(given)) return reject()
      ask(context, more, reject)
    })
  }
  const server = new ssh2.Server({ hostKeys: [readFileSync(keyPath)] }, (connection) => {
    connections.add(connection)
    connection.on('error', () => undefined)
    connection.on('close', () => connections.delete(connection))
    let keyGiven = script.after === undefined
    const methods = () =>
      keyGiven
        ? [...(script.rounds.length > 0 ? ['keyboard-interactive'] : []), ...(script.password ? ['password'] : [])]
        : ['publickey']
    connection.on('authentication', (context) => {
      tried.push(context.method)
      const refuse = () => context.reject(methods() as never)
      if (context.method === 'publickey' && !keyGiven) {
        if (!context.signature) return context.accept()
        keyGiven = true
        return context.reject(methods() as never, true)
      }
      if (context.method === 'keyboard-interactive' && keyGiven) return ask(context, script.rounds, refuse)
      if (context.method === 'password' && context.password === script.password && keyGiven) return context.accept()
      refuse()
    })
  })
  const listener = createServer((socket) => server.injectSocket(socket))
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const publicKey = ssh2.utils.parseKey(readFileSync(keyPath))
  if (publicKey instanceof Error) throw publicKey
  return {
    port: (listener.address() as AddressInfo).port,
    hostKey: `${publicKey.type} ${publicKey.getPublicSSH().toString('base64')}`,
    tried,
    answers,
    hangUp: () => {
      for (const connection of connections) connection.end()
    },
    stop: async () => {
      for (const connection of connections) connection.end()
      await new Promise<void>((resolve) => listener.close(() => resolve()))
    }
  }
}
