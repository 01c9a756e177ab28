import type { App, Session, WebContents } from 'electron'

/** No navigation, no new window, no attached view, from any web contents that ever comes to be (security.md S06). */
const lockContents = (contents: WebContents): void => {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

export const lockNavigation = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
}

/** Every permission, device and download is refused (security.md S07), and nothing leaves over the renderer's own network. */
export const lockSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !/^(app:\/\/ui\/|devtools:|data:)/.test(details.url) })
  )
}
