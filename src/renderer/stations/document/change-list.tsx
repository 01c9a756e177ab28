import { changeLine, type MoveChange } from '../../../shared/move-changes'
import { ServerText } from '../../parts/server-text'

/** What is different between two versions of the document, a line each; `most` of them are shown. */
export function ChangeList({ changes, most = 200 }: { changes: readonly MoveChange[]; most?: number }) {
  const rest = changes.length - most
  return (
    <ul className="contacts m s12 sel-text">
      {changes.slice(0, most).map((change) => {
        const line = changeLine(change)
        return (
          <li key={`${change.subject} ${change.field} ${line}`}>
            <ServerText cap={400}>{line}</ServerText>
          </li>
        )
      })}
      {rest > 0 && <li className="t2">{`and ${rest} more`}</li>}
    </ul>
  )
}
