import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { app, clipboard, dialog, protocol, session } from 'electron'
import type { EventName, Events } from '../shared/contract'
import { failureOf } from '../shared/failure'
import { driftPacking, lagPacking, packer, topologyPacking } from '../shared/parcel'
import { forkKeyringInElectron } from './desktop/fork-keyring'
import { lockNavigation, lockSession } from './desktop/lock-down'
import { setMenu } from './desktop/menu'
import { tellDesktop } from './desktop/notification'
import { onWake } from './desktop/on-wake'
import { serveUi, uiOrigin, uiScheme } from './desktop/ui-protocol'
import { openWindow } from './desktop/window'
import { makeHostKeyDesk } from './engine/host-key-desk'
import { ownKnownHosts } from './engine/known-hosts'
import { makeOpenMoves } from './engine/open-moves'
import { makeSignInDesk } from './engine/sign-in-desk'
import { makeImports } from './import/make-imports'
import { expose } from './ipc/expose'
import { makeHandlers } from './ipc/handlers'
import { Moves } from './store/moves'
import { SavedSites } from './store/saved-sites'
import { makeSecrets } from './store/secrets'

protocol.registerSchemesAsPrivileged([
  { scheme: uiScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }
])
// As root Chromium cannot have its sandbox: only then, and only with the switch that says so, it goes without.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
lockNavigation(app)

// A data folder of its own: the demo lab and tests never touch the moves of the user.
const ownData = process.env.SITESWAP_DATA
if (ownData) app.setPath('userData', ownData)

const version = (): string =>
  (JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')) as { version: string }).version

/** A keychain asks in a window of its own, perhaps behind this one. */
const atPrompt: Events['notice'] = {
  tone: 'attention',
  text: 'The keychain has not answered yet.',
  detail: 'It may be asking for its password in a window of its own. Siteswap waits for it a minute and a half.'
}

const start = async (): Promise<void> => {
  lockSession(session.defaultSession)
  setMenu(process.platform, app.isPackaged)
  await serveUi(protocol, join(__dirname, '../renderer'))

  const data = app.getPath('userData')
  const moves = new Moves(data)
  const secrets = makeSecrets({ dir: data, fork: forkKeyringInElectron, onPrompt: () => emit('notice', atPrompt) })
  const operator = `${userInfo().username}@${hostname()}`
  const openAtStart = process.env.SITESWAP_OPEN
    ? (await moves.importFrom(process.env.SITESWAP_OPEN, true)).move.id
    : null

  const window = openWindow({ packaged: app.isPackaged, icon: join(app.getAppPath(), 'resources/icon.png') })
  const pack = { topology: packer(topologyPacking), lag: packer(lagPacking), drift: packer(driftPacking) }
  const packed = (name: EventName, payload: unknown): unknown => {
    if (name === 'topology') {
      const { moveId, topology } = payload as Events['topology']
      return pack.topology(moveId, topology)
    }
    if (name === 'drift') {
      const { moveId, drift } = payload as Events['drift']
      return pack.drift(moveId, drift)
    }
    if (name !== 'lag') return payload
    const { moveId, lag } = payload as Events['lag']
    return pack.lag(moveId, lag)
  }
  const emit = <Name extends EventName>(name: Name, payload: Events[Name]): void => {
    if (window.isDestroyed()) return
    window.webContents.send('event', name, packed(name, payload))
  }
  const hostKeys = makeHostKeyDesk((question) => emit('hostkey', { question }))
  const signIn = makeSignInDesk((question) => emit('signin', { question }))
  const open = makeOpenMoves({
    moves,
    secrets,
    operator,
    askHostKey: hostKeys.ask,
    askQuestion: signIn.ask,
    knownHosts: ownKnownHosts(),
    emit,
    tell: tellDesktop(window)
  })

  const handlers = makeHandlers({
    info: async () => {
      const asked = secrets.keychain()
      void asked.then((keychain) => emit('keychain', { keychain }))
      // It may be at its prompt, and a window need not wait for that.
      const keychain = await Promise.race([asked, after(1000, { kind: 'unknown' } as const)])
      return { version: version(), operator, keychain, platform: process.platform, openAtStart }
    },
    moves,
    sites: new SavedSites(data),
    open,
    secrets,
    imports: makeImports({ home: homedir(), platform: process.platform, environment: process.env }),
    hostKeys,
    signIn,
    notice: (notice) => emit('notice', notice),
    desktop: {
      chooseMoveFile: async (title = 'Import a move') => {
        const chosen = await dialog.showOpenDialog(window, {
          title,
          filters: [{ name: 'Siteswap file', extensions: ['json'] }],
          properties: ['openFile']
        })
        return chosen.filePaths[0] ?? null
      },
      chooseSavePath: async (name) => (await dialog.showSaveDialog(window, { defaultPath: name })).filePath || null,
      writeFile: (path, text) => writeFile(path, text, { mode: 0o600 }),
      copy: (text) => clipboard.writeText(text)
    }
  })
  expose(handlers, { isOurs: (id) => !window.isDestroyed() && id === window.webContents.id, origin: uiOrigin })

  onWake(open.woke)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  let closing = false
  app.on('before-quit', (event) => {
    if (closing) return
    closing = true
    event.preventDefault()
    // A server that does not answer must not keep the app from ending.
    const limit = new Promise<void>((resolve) => setTimeout(resolve, 8000))
    void Promise.race([open.closeAll(), limit]).finally(() => {
      secrets.close()
      app.exit(0)
    })
  })
  app.on('window-all-closed', () => app.quit())
}

process.on('unhandledRejection', (reason) => {
  process.stderr.write(`unhandled: ${failureOf(reason).words ?? failureOf(reason).what}\n`)
})

if (!app.requestSingleInstanceLock()) app.quit()
else
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const failure = failureOf(error)
      dialog.showErrorBox(
        'Siteswap could not start',
        [failure.what, failure.where, failure.words, ...failure.try].filter(Boolean).join('\n')
      )
      app.exit(1)
    })
