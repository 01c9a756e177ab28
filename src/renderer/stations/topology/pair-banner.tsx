import { Button } from '../../parts/button'
import { Icon } from '../../parts/icon'
import type { Picture } from './picture'

/** While a counterpart is being chosen: what to do, and the way out. */
export function PairBanner({
  picture,
  pairing,
  onCancel
}: {
  picture: Picture
  pairing: string | null
  onCancel: () => void
}) {
  const from = picture.boxes.find((box) => box.id === pairing)
  if (from?.kind !== 'database') return null
  const across = picture.boxes.filter((box) => box.kind === 'database' && box.side !== from.side).length
  return (
    <div className="pair-banner" role="status">
      <Icon name="swap" />
      <span className="grow">
        {across === 0 ? (
          <>
            There is no database across yet to pair <b className="m">{from.server.name}</b> with.
          </>
        ) : (
          <>
            Choose the database across that belongs to <b className="m">{from.server.name}</b>: arrows and Enter, or a
            click.
          </>
        )}
      </span>
      <Button size="sm" keys={['Esc']} onPress={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
