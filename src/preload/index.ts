import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from './bridge'

/** Two verbs and nothing else: ask the main process, listen to it. Only values cross; no event object, no channel name. */
const bridge: Bridge = {
  call: (name, args) => ipcRenderer.invoke('call', name, args),
  on: (listener) => {
    const pass = (_event: unknown, name: unknown, payload: unknown) => listener(name, payload)
    ipcRenderer.on('event', pass)
    return () => {
      ipcRenderer.removeListener('event', pass)
    }
  }
}

contextBridge.exposeInMainWorld('siteswap', bridge)
