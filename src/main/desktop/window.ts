import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron'
import { uiOrigin } from './ui-protocol'

/** The only web preferences of the product; every window is made here (security.md S01). */
export const secureWebPreferences = (packaged: boolean): WebPreferences => ({
  preload: join(__dirname, '../preload/index.cjs'),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  spellcheck: false,
  devTools: !packaged
})

/** Opens the one window of the app; shown when its first picture is ready, so that nothing flashes. */
export const openWindow = (options: { packaged: boolean; icon: string }): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Siteswap',
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0d0f12' : '#f4f5f7',
    webPreferences: secureWebPreferences(options.packaged)
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${uiOrigin}/index.html`)
  return window
}
