import { connect } from 'node:net'

/** Sends one command to a link's relay and gives its answer, e.g. `delay=20 … up=True packets=12 dropped=0`. */
export function wanControl(controlPath: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(controlPath)
    let answer = ''
    socket.setTimeout(3000, () => socket.destroy(new Error(`the relay at ${controlPath} does not answer`)))
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(command))
    socket.on('data', (text: string) => (answer += text))
    socket.on('error', reject)
    socket.on('close', (failed) => failed || resolve(answer))
  })
}
