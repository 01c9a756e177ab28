import { powerMonitor } from 'electron'

/** Tells when this computer has woken: what was connected before may be gone without a word. */
export const onWake = (woke: () => void): void => {
  powerMonitor.on('resume', woke)
}
