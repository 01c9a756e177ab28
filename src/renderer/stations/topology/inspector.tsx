import { InspectDatabase } from './inspect-database'
import { InspectFound } from './inspect-found'
import { InspectApp, InspectBridge, InspectDomain } from './inspect-others'
import type { Picture } from './picture'

/** What is chosen in the picture, in numbers with their ages. */
export function Inspector({ picture, selected, open, onClose, onPair }: InspectorProps) {
  const link = picture.links.find((one) => one.id === selected)
  const box = picture.boxes.find((one) => one.id === (link?.replica ?? selected))
  if (selected === 'bridge') return <InspectBridge open={open} onClose={onClose} />
  if (box?.kind === 'database')
    return (
      <InspectDatabase
        key={selected}
        box={box}
        picture={picture}
        first={link ? 'links' : 'server'}
        open={open}
        onClose={onClose}
        onPair={onPair}
      />
    )
  if (box?.kind === 'app') return <InspectApp box={box} open={open} onClose={onClose} />
  if (box?.kind === 'found') return <InspectFound box={box} open={open} onClose={onClose} />
  if (box?.kind === 'domain') return <InspectDomain box={box} open={open} onClose={onClose} />
  return null
}

/** What an `Inspector` is told. */
export type InspectorProps = {
  picture: Picture
  selected: string | null
  open: boolean
  onClose: () => void
  onPair: () => void
}
