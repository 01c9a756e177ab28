import { Card } from '../../parts/card'
import { ServerText } from '../../parts/server-text'
import { StatusIcon } from '../../parts/status-icon'
import type { FinishItem } from './finish-list'

/** The list to look at before the links are taken away. */
export function FinishCard({ items, from }: { items: readonly FinishItem[]; from: string }) {
  const done = items.filter((item) => item.status === 'ok').length
  return (
    <Card title="Before you finish" aside={<span className="cnt">{`${done} of ${items.length}`}</span>}>
      <ul className="answers" aria-label="Before you finish">
        {items.map((item) => (
          <li key={item.id}>
            <StatusIcon status={item.status} label={true} />
            <span>{item.text}</span>
            <span className="t2 el">
              <ServerText cap={200}>{item.more}</ServerText>
            </span>
          </li>
        ))}
      </ul>
      <p className="s12 t2 finish-words">
        Finish removes links, accounts, keys and units that Siteswap made. Until then {from} follows and Reverse is
        offered.
      </p>
    </Card>
  )
}
