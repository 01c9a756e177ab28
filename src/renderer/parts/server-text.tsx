import { formatCount } from './format'
import { visibleText } from './visible-text'

/** Text that a server, host or file gave us. It is drawn as text only; what hides or reorders is shown as an escape, and it is cut at `cap`. */
export function ServerText({ children, cap, mono }: { children: string; cap?: number; mono?: boolean }) {
  const { pieces, leftOut } = visibleText(children, cap)
  return (
    <bdi className={mono ? 'srv-text m' : 'srv-text'}>
      {pieces.map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
          <span key={index} className="esc" title="a character that would not be seen">
            {piece.text}
          </span>
        )
      )}
      {leftOut > 0 && <span className="cut">… {formatCount(leftOut)} more characters</span>}
    </bdi>
  )
}
