import { type BrowserWindow, Notification } from 'electron'
import type { News } from '../../shared/drift-schedule-words'

/** Some desktops read markup in what they are told. */
const plain = (text: string): string => text.replace(/[<>&\p{Cc}]+/gu, ' ')

/** Tells the desktop what happened by itself; pressing it brings the window forward. Where there is no desktop to tell, the window says it. */
export const tellDesktop =
  (window: BrowserWindow) =>
  ({ title, body }: News): void => {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title: plain(title), body: plain(body) })
    notification.on('click', () => {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.focus()
    })
    notification.show()
  }
