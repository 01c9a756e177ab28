import type { Failure } from '../../../shared/failure'
import { ServerText } from '../../parts/server-text'

/** A failure in a few lines, where a whole panel stands elsewhere: why, the other side's words, what to try. */
export function FailureLines({ failure }: { failure: Failure }) {
  return (
    <>
      {failure.why && (
        <span className="fail-line">
          <ServerText>{failure.why}</ServerText>
        </span>
      )}
      {failure.words && (
        <span className="fail-line m11">
          <ServerText>{failure.words}</ServerText>
        </span>
      )}
      {failure.try.length > 0 && <span className="fail-line">{failure.try.join(' ')}</span>}
    </>
  )
}
