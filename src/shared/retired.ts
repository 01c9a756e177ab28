/** A host whose applications use the other site's database through the bridge. */
export interface BridgeUser {
  /** The server's id in the move, else the address it comes from. */
  id: string
  name: string
  connections: number
  /** Since anything travelled on any of its connections; null: the host does not tell. */
  idleSeconds: number | null
}

const mark = 'retired:'

/** The subject of a finish in which these hosts are said to be retired; null: none is. */
export const retiredSubject = (ids: readonly string[]): string | null => (ids.length ? `${mark}${ids.join(',')}` : null)

export const retiredIn = (subject: string | null): string[] =>
  subject?.startsWith(mark) ? subject.slice(mark.length).split(',').filter(Boolean) : []
