import type { SiteSide } from '../../../shared/move'
import { Icon } from '../../parts/icon'
import { MarkBadge } from '../../parts/mark-badge'
import { Menu } from '../../parts/menu'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { usualMarks } from './mark-draft'

/** What a site is marked as, and the menu that changes it; its servers take it over. */
export function SiteMark({ side }: { side: SiteSide }) {
  const { move } = useMove()
  const { name, mark } = move[side]
  const put = (next: (typeof usualMarks)[keyof typeof usualMarks] | undefined) =>
    void editMove((now) => {
      const { mark: _old, ...site } = now[side]
      return { ...now, [side]: next ? { ...site, mark: next } : site }
    })
  return (
    <Menu
      label={`Mark ${name}`}
      align="start"
      items={[
        { kind: 'head', id: 'head', label: `All of ${name} is` },
        ...Object.entries(usualMarks).map(([id, usual]) => ({
          kind: 'item' as const,
          id,
          label: usual.label,
          icon: usual.label === mark?.label ? ('check' as const) : undefined,
          onPress: () => put(usual)
        })),
        { kind: 'line', id: 'line' },
        { kind: 'item', id: 'none', label: 'not marked', onPress: () => put(undefined) }
      ]}
      trigger={
        mark ? (
          <button type="button" className="mark-btn" aria-label={`${name} is marked ${mark.label}. Change`}>
            <MarkBadge mark={mark} />
          </button>
        ) : (
          <button
            type="button"
            className="btn g sm"
            aria-label={`Mark ${name}`}
            title="Mark it as production, for example"
          >
            <Icon name="flag" size={12} />
            Mark
          </button>
        )
      }
    />
  )
}
