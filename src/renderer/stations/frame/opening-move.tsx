import { Button } from '../../parts/button'
import { ErrorPanel } from '../../parts/error-panel'
import { Loading } from '../../parts/loading'
import { closeMove, type OpenState, openMove } from '../../state/open-move'

/** Between the list and the move: reading the file, or why it could not be read. */
export function OpeningMove({ state }: { state: Extract<OpenState, { kind: 'opening' | 'failed' }> }) {
  if (state.kind === 'opening') return <Loading>Reading the move and its journal</Loading>
  const { failure } = state
  return (
    <div className="pad">
      <ErrorPanel
        title={failure.what}
        serverWords={failure.words}
        where={failure.where}
        happened={failure.why}
        means="The move was not opened and nothing was changed."
        tries={failure.try.map((title) => ({ title }))}
        actions={
          <>
            <Button variant="primary" onPress={() => void openMove(state.moveId)}>
              Try again
            </Button>
            <Button onPress={() => void closeMove()}>All moves</Button>
          </>
        }
      />
    </div>
  )
}
