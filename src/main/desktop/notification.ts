import { type BrowserWindow, Notification } from 'electron'
import type { News } from '../../shared/drift-schedule-words'

/** Some desktops read markup in what they are told. */
const plain = (text: string): string => text.replace(/[<>&\p{Cc}]+/gu, ' ')

/** What nobody holds is collected, and a press on it goes nowhere. */
const shown = new Set<Notification>()

/** Tells the desktop what happened by itself; pressing it brings the window forward. Where there is no desktop to tell, the window says it. */
export const tellDesktop =
  (window: BrowserWindow) =>
  ({ title, body }: News): void => {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title: plain(title), body: plain(body) })
    shown.add(notification)
    notification.on('close', () => shown.delete(notification))
    notification.on('failed', () => shown.delete(notification))
    notification.on('click', () => {
      shown.delete(notification)
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.focus()
    })
    notification.show()
  }
