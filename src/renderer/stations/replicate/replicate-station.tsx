import { lastRun } from '../../../shared/journey'
import { StationHead } from '../../parts/station-head'
import { StatusIcon } from '../../parts/status-icon'
import { Tabs } from '../../parts/tabs'
import { useMove } from '../../state/open-move'
import { chooseTab, type ReplicateTab, useReplicate } from '../../state/replicate'
import { resumeRun } from '../../state/runs'
import { useCommand } from '../frame/use-command'
import { focusStart } from '../runbook/focus-start'
import { nextTab, type SetupKind, setupKinds, tabStatus } from './setup-stages'
import { SetupView } from './setup-view'
import { WatchView } from './watch-view'
import './replicate.css'

const names: Record<ReplicateTab, string> = { watch: 'Watch', link: 'Bridge', seed: 'Seed', replicate: 'Co-masters' }
const tabs: ReplicateTab[] = ['watch', 'link', 'seed', 'replicate']

/** Replicate: the bridge, the copy and the two links, and watching them. */
export function ReplicateStation() {
  const open = useMove()
  const chosen = useReplicate((state) => state.chosen)
  const tab = chosen?.moveId === open.move.id ? chosen.tab : nextTab(open)
  useCommand('replicate', (command) => {
    if (command === 'bridge') chooseTab('link')
    else if (command === 'resume') resumeStuck()
    else if (tabs.includes(command as ReplicateTab)) {
      chooseTab(command as ReplicateTab)
      focusStart()
    }
  })
  const resumeStuck = () => {
    const kind = setupKinds.find((known) =>
      ['failed', 'halted', 'interrupted'].includes(lastRun(open.runs, known)?.state.kind ?? '')
    )
    const run = kind && lastRun(open.runs, kind)
    if (!kind || !run) return
    chooseTab(kind)
    void resumeRun(run.id)
  }
  return (
    <>
      <StationHead
        title="Replicate"
        tabs={
          <Tabs
            label="Parts of Replicate"
            value={tab}
            onChange={chooseTab}
            tabs={tabs.map((id) => ({ id, label: <TabLabel id={id} /> }))}
          />
        }
      />
      {tab === 'watch' ? <WatchView /> : <SetupView kind={tab} />}
    </>
  )
}

function TabLabel({ id }: { id: ReplicateTab }) {
  const { runs } = useMove()
  const status = id === 'watch' ? null : tabStatus(runs, id satisfies SetupKind)
  return (
    <>
      {names[id]}
      {status && <StatusIcon status={status} size={12} label={true} />}
    </>
  )
}
