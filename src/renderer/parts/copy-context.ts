import { createContext } from 'react'

/** How a text gets to the clipboard; the app may provide its own way. Rejects when the clipboard is refused. */
export const CopyContext = createContext<(text: string) => Promise<void>>((text) => navigator.clipboard.writeText(text))
