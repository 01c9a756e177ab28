import { Icon } from './icon'

/** Colours of marks, as the theme has them. */
export type MarkColour = 'rose' | 'olive' | 'slate'

/** A mark as it is drawn. */
export type MarkLook = { label: string; colour: MarkColour }

/** What a server or site is marked as: a filled badge whose colour is no state and no site's. */
export function MarkBadge({ mark }: { mark: MarkLook | undefined }) {
  if (!mark) return null
  return <span className={`env-mark ${mark.colour}`}>{mark.label}</span>
}

/** Stands at a server that the engine refuses to change. */
export function LookOnlyBadge({ iconOnly }: { iconOnly?: boolean }) {
  const words = 'Only look: nothing that changes it is sent'
  if (iconOnly)
    return (
      <span className="look-only" title={words}>
        <Icon name="lock" size={12} label="only look" />
      </span>
    )
  return (
    <span className="look-only" title={words}>
      <Icon name="lock" size={12} />
      only look
    </span>
  )
}
