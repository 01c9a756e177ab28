import { useEffect } from 'react'
import { call } from './api'
import { Boundary } from './parts/boundary'
import { CopyContext } from './parts/copy-context'
import { startDiscoveries } from './state/discovery'
import { showStart, startOpenMove, useOpenMove } from './state/open-move'
import { startShell } from './state/shell'
import { startTrials } from './state/trial'
import { FirstUse } from './stations/frame/first-use'
import { MoveWindow } from './stations/frame/move-window'
import { Notices } from './stations/frame/notices'
import { OpeningMove } from './stations/frame/opening-move'
import { ServerQuestions } from './stations/frame/server-questions'
import { useTheme } from './stations/frame/use-theme'
import { Home } from './stations/home/home'

const copy = async (text: string) => {
  await call('app.copy', { text })
}

let started = false
const startOnce = async () => {
  if (started) return
  started = true
  startOpenMove()
  startTrials()
  startDiscoveries()
  await startShell()
  await showStart()
}

/** The window: the list of moves, or one opened move; above both the host-key question and what ended out of sight. */
export function App() {
  const state = useOpenMove((store) => store.state)
  useTheme()
  useEffect(() => {
    void startOnce()
  }, [])
  return (
    <CopyContext.Provider value={copy}>
      <Boundary>
        {state.kind === 'none' && <Home />}
        {(state.kind === 'opening' || state.kind === 'failed') && <OpeningMove state={state} />}
        {state.kind === 'open' && <MoveWindow />}
      </Boundary>
      <FirstUse />
      <ServerQuestions />
      <Notices />
    </CopyContext.Provider>
  )
}
