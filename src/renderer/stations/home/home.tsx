import { Button } from '../../parts/button'
import { openMove } from '../../state/open-move'
import { useShell } from '../../state/shell'

/** The list of moves. */
export function Home() {
  const moves = useShell((shell) => shell.moves)
  return (
    <div className="pad">
      {moves?.map((move) => (
        <Button key={move.id} onPress={() => void openMove(move.id)}>
          {move.name}
        </Button>
      ))}
    </div>
  )
}
