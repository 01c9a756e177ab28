import { useState } from 'react'
import type { TableDrift } from '../../../shared/drift'
import type { Move } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { Note } from '../../parts/note'
import { useMove } from '../../state/open-move'
import { chooseTab } from '../../state/replicate'
import { openStation } from '../../state/shell'
import { RepairDialog, repairRun } from './repair-dialog'

/** What can be done about differing rows: repair them on the side that takes no writes, or seed that side again. */
export function RepairNote({ table, move }: { table: TableDrift; move: Move }) {
  const { runs, topology } = useMove()
  const [shown, setShown] = useState<{ runId: string | null } | null>(null)
  const name = `${table.schema}.${table.table}`
  const last = repairRun(runs, name)
  const writes = topology?.nodes.find((node) => node.server === topology.active)?.side ?? 'old'
  const site = move[writes === 'old' ? 'new' : 'old'].name
  const at = 'at' in table.verdict ? table.verdict.at : 0
  const repaired = last?.state.kind === 'done' && (last.endedAt ?? 0) > at
  return (
    <>
      <Note
        tone={repaired ? 'ok' : 'info'}
        title={repaired ? 'These rows were repaired.' : 'Nothing was changed.'}
        aside={last && <Age at={last.endedAt ?? last.startedAt} ago />}
        actions={
          <>
            {!repaired && (
              <Button variant="primary" icon="pen" onPress={() => setShown({ runId: null })}>
                Repair…
              </Button>
            )}
            {last && <Button onPress={() => setShown({ runId: last.id })}>Statements and undo</Button>}
            {!last && (
              <Button
                onPress={() => {
                  chooseTab('seed')
                  openStation('replicate', 'seed')
                }}
              >
                Seed again
              </Button>
            )}
          </>
        }
      >
        {repaired
          ? 'They are shown as they were found before that. Compare again: equal data opens the gate of the cutover.'
          : `The rows can be made on ${site} as they are on the other side, by statements you see first; many are sooner mended by seeding again.`}
      </Note>
      {shown && <RepairDialog table={name} site={site} runId={shown.runId} onClose={() => setShown(null)} />}
    </>
  )
}
