import { useState } from 'react'
import { ActivityBar } from '../../parts/activity-bar'
import { ActivityItem } from '../../parts/activity-item'
import { AppFrame } from '../../parts/app-frame'
import { Body } from '../../parts/body'
import { formatMoment } from '../../parts/format'
import { useNow } from '../../parts/hooks/use-now'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { NextAction } from '../../parts/next-action'
import { TextInput } from '../../parts/text-input'
import { TopBar } from '../../parts/top-bar'
import type { Imported } from '../../state/moves'
import { importMove } from '../../state/open-move'
import { useShell } from '../../state/shell'
import { FirstRun } from './first-run'
import { HomeStart } from './home-start'
import { ImportedDialog } from './imported-dialog'
import { matchingMoves } from './matching-moves'
import { MoveList } from './move-list'
import { MoveSummary } from './move-summary'
import { NewMoveDialog } from './new-move-dialog'
import { RemoveMoveDialog } from './remove-move-dialog'

type Asked =
  | { kind: 'nothing' }
  | { kind: 'new' }
  | { kind: 'imported'; taken: Imported }
  | { kind: 'remove'; id: string }

/** The list of moves: what there is, how far it is, and the two ways to begin. */
export function Home() {
  const moves = useShell((shell) => shell.moves)
  const info = useShell((shell) => shell.info)
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [drawer, setDrawer] = useState(false)
  const [asked, setAsked] = useState<Asked>({ kind: 'nothing' })
  const now = useNow()
  const shown = matchingMoves(moves ?? [], words)
  const selected = shown.find((move) => move.id === chosen) ?? shown[0] ?? null
  const begin = () => setAsked({ kind: 'new' })
  const take = async () => {
    const taken = await importMove()
    if (taken) setAsked({ kind: 'imported', taken })
  }
  const close = () => setAsked({ kind: 'nothing' })
  useShortcut('mod+n', begin)
  useShortcut('mod+o', () => void take())
  useShortcut('/', () => document.querySelector<HTMLInputElement>('.home-find input')?.focus())
  const toRemove = asked.kind === 'remove' ? moves?.find((move) => move.id === asked.id) : undefined
  return (
    <>
      <AppFrame
        top={
          <TopBar moveName="Siteswap" next={<NextAction label="New move" onPress={begin} keys={['Ctrl', 'N']} />}>
            <div className="home-find">
              {(moves?.length ?? 0) > 0 && (
                <TextInput
                  value={words}
                  onChange={setWords}
                  label="Find a move"
                  placeholder="Find a move by name or site"
                  icon="search"
                  keys="/"
                  type="search"
                />
              )}
            </div>
          </TopBar>
        }
        rail={<HomeStart onNew={begin} onImport={() => void take()} />}
        activity={
          <ActivityBar
            left={
              <ActivityItem icon="document">{`${moves?.length ?? 0} ${moves?.length === 1 ? 'move' : 'moves'} on this computer`}</ActivityItem>
            }
            right={
              <>
                <ActivityItem>{formatMoment(now)}</ActivityItem>
                <ActivityItem>Siteswap {info?.version ?? ''}</ActivityItem>
              </>
            }
          />
        }
      >
        <Body>
          {moves?.length === 0 ? (
            <FirstRun onNew={begin} onImport={() => void take()} />
          ) : (
            <>
              <MoveList
                shown={shown}
                words={words}
                selected={selected?.id ?? null}
                onSelect={(id) => {
                  setChosen(id)
                  setDrawer(true)
                }}
              />
              {selected && (
                <MoveSummary
                  move={selected}
                  open={drawer}
                  onClose={() => setDrawer(false)}
                  onRemove={() => setAsked({ kind: 'remove', id: selected.id })}
                  onDuplicated={setChosen}
                />
              )}
            </>
          )}
        </Body>
      </AppFrame>
      {asked.kind === 'new' && <NewMoveDialog onClose={close} />}
      {asked.kind === 'imported' && <ImportedDialog taken={asked.taken} onClose={close} />}
      {toRemove && <RemoveMoveDialog move={toRemove} onClose={close} />}
    </>
  )
}
