import { useState } from 'react'
import { type SiteSide, siteSchema } from '../../../shared/move'
import { IconButton } from '../../parts/icon-button'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'

/** The name of a site; the pen lets it be typed anew. */
export function SiteName({ side }: { side: SiteSide }) {
  const { move } = useMove()
  const { name } = move[side]
  const [typed, setTyped] = useState<string | null>(null)
  const finish = () => {
    const parsed = siteSchema.shape.name.safeParse(typed)
    setTyped(null)
    if (parsed.success && parsed.data !== name)
      void editMove((now) => ({ ...now, [side]: { ...now[side], name: parsed.data } }))
  }
  if (typed !== null) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: Esc inside the input leaves the name as it was
      <div
        className="grow"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setTyped(null)
        }}
      >
        <TextInput
          label={`Name of the ${side} site`}
          value={typed}
          onChange={setTyped}
          onEnter={finish}
          onBlur={finish}
          autoFocus
        />
      </div>
    )
  }
  return (
    <>
      <h2 className="site-title el">{name}</h2>
      <span className="s12 t2 nw">{side} site</span>
      <IconButton icon="pen" label={`Rename ${name}`} small onPress={() => setTyped(name)} />
    </>
  )
}
