import { useRef, useState } from 'react'
import { type BridgeUser, retiredSubject } from '../../../shared/retired'
import { Button } from '../../parts/button'
import { StationHead } from '../../parts/station-head'
import { useMove } from '../../state/open-move'
import { usePreview } from '../../state/runs'
import { RunView } from '../runbook/run-view'
import { BehindBridge } from './behind-bridge'
import { endName, endsOf } from './ends'

/** Before the end of the move: who still hangs on the bridge, what will be removed, and the typed word. */
export function FinishPage({ onBack }: { onBack: () => void }) {
  const { move, topology } = useMove()
  const [retired, setRetired] = useState<string[]>([])
  const subject = retiredSubject(retired)
  const preview = usePreview('finish', { subject, everyMs: 5000 })
  // A change of the choice asks anew; until that is answered the list of before stays in sight.
  const last = useRef<readonly BridgeUser[]>([])
  if (preview.kind === 'ready') last.current = preview.preview.behind ?? []
  const users = last.current
  const active = move.old.servers.some((server) => server.id === topology?.active) ? 'reverse' : 'cutover'
  const { from, to } = endsOf(move, active)
  return (
    <>
      <StationHead
        title="Finish the move"
        sub="the last step of the move"
        actions={
          <Button icon="arrow-left" onPress={onBack}>
            Back
          </Button>
        }
      />
      <RunView
        kind="finish"
        subject={subject}
        run={null}
        action="Finish the move"
        words={`After this ${from.site} does not follow any more, and Reverse is not offered.`}
        means="The shop goes on as it was."
      >
        {users.length > 0 && (
          <BehindBridge
            users={users}
            retired={retired.filter((id) => users.some((user) => user.id === id))}
            database={endName(to)}
            onChange={setRetired}
          />
        )}
      </RunView>
    </>
  )
}
