import { type Difference, seenOf } from '../../../shared/topology-diff'

/** Longer texts are cut: nobody reads them, and they have to cross a process. */
const longest = 60_000
const cut = (text: string | null): string | null =>
  text === null || text.length <= longest
    ? text
    : `${text.slice(0, longest)}\n… ${text.length - longest} more characters`

/** A difference from its essentials: id, sign and note follow from them. */
export const makeDifference = (
  part: Pick<Difference, 'consequence' | 'area' | 'name' | 'what' | 'old' | 'new' | 'why'> & {
    server?: string | null
    mark?: string | null
    sign?: Difference['sign']
    isText?: boolean
  }
): Difference => {
  const { server = null, mark = server, isText = false } = part
  const sign = part.sign ?? (part.old === null ? 'added' : part.new === null ? 'removed' : 'changed')
  return {
    id: [part.area, server ?? '', part.name, part.what].join('|').slice(0, 600),
    sign,
    consequence: part.consequence,
    area: part.area,
    name: part.name,
    what: part.what,
    server,
    mark,
    old: cut(part.old),
    new: cut(part.new),
    isText: isText || /\n/.test(`${part.old ?? ''}${part.new ?? ''}`),
    why: part.why,
    seen: seenOf(part.old, part.new),
    accepted: null
  }
}
