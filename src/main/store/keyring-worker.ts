import { createRequire } from 'node:module'
import { isKeyringRequest, type KeyringReply, type KeyringRequest, keyringService } from './keyring-messages'

/**
 * Entry of the keychain's own process. The native library can hang behind a prompt and can end the process it runs in;
 * here it takes nothing with it, and the parent kills it at its deadline.
 */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

// Loaded at the first request, and not bundled: without libsecret even loading fails, and that is an answer too.
const load = createRequire(import.meta.url)
const loadKeytar = (): Keytar => load('keytar')

const perform = async ({ op, account, value }: KeyringRequest): Promise<string | boolean | null> => {
  const keytar = loadKeytar()
  switch (op) {
    case 'get':
      return keytar.getPassword(keyringService, account)
    case 'set':
      await keytar.setPassword(keyringService, account, value ?? '')
      return null
    case 'delete':
      return keytar.deletePassword(keyringService, account)
    default:
      return op satisfies never
  }
}

const answer = async (request: KeyringRequest): Promise<KeyringReply> => {
  try {
    return { id: request.id, ok: true, value: await perform(request) }
  } catch (error) {
    return { id: request.id, ok: false, words: error instanceof Error ? error.message : String(error) }
  }
}

const onMessage = (message: unknown, send: (reply: KeyringReply) => void): void => {
  if (isKeyringRequest(message)) void answer(message).then(send)
}

// Electron's utility processes have such a port, children of plain Node do not.
const { parentPort }: { parentPort?: NodeJS.Process['parentPort'] } = process
if (parentPort) {
  parentPort.on('message', ({ data }) => onMessage(data, (reply) => parentPort.postMessage(reply)))
} else {
  process.on('message', (message) => onMessage(message, (reply) => process.send?.(reply)))
  process.on('disconnect', () => process.exit(0))
}
