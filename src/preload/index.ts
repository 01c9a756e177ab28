import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from './bridge'

const listeners = new Set<(name: unknown, payload: unknown) => void>()
ipcRenderer.on('event', (_event, name: unknown, payload: unknown) => {
  for (const listener of listeners) listener(name, payload)
})

/** Two verbs and nothing else: ask the main process, listen to it. Only values cross; no event object, no channel name. */
const bridge: Bridge = {
  call: (name, args) => ipcRenderer.invoke('call', name, args),
  on: (listener) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
}

contextBridge.exposeInMainWorld('siteswap', bridge)
