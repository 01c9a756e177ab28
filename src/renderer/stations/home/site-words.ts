import type { SavedSite } from '../../../shared/document'

const kinds = [
  ['database', 'database', 'databases'],
  ['web', 'web server', 'web servers'],
  ['other', 'other', 'others']
] as const

/** What a saved site holds: `1 database, 2 web servers`. */
export const siteWords = ({ servers }: Pick<SavedSite, 'servers'>): string => {
  const parts = kinds.flatMap(([kind, one, many]) => {
    const count = servers.filter((server) => server.kind === kind).length
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  })
  return parts.join(', ') || 'no server'
}

/** Whether a move can use it: its file can be read, and a person here has looked at what it asks for. */
export const isUsable = ({ broken, review }: SavedSite): boolean => broken === null && review === null
