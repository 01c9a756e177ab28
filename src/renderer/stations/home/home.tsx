import { useEffect, useState } from 'react'
import type { MoveReview } from '../../../shared/move-review'
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
import { loadSites } from '../../state/documents'
import { importMove, openMove } from '../../state/open-move'
import { useShell } from '../../state/shell'
import { VersionsDialog } from '../document/versions-dialog'
import { DuplicateDialog } from './duplicate-dialog'
import { FirstRun } from './first-run'
import { HomeStart } from './home-start'
import { matchingMoves } from './matching-moves'
import { MoveList } from './move-list'
import { MoveSummary } from './move-summary'
import { NewMoveDialog } from './new-move-dialog'
import { phasesOf } from './phases-of'
import { RemoveMoveDialog } from './remove-move-dialog'
import { ReviewDialog } from './review-dialog'
import { SavedSitesDialog } from './saved-sites-dialog'

type Asked =
  | { kind: 'nothing' }
  | { kind: 'new' }
  | { kind: 'review'; id: string; review: MoveReview; imported: boolean }
  | { kind: 'remove' | 'duplicate' | 'versions'; id: string }
  | { kind: 'sites' }

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
  // A switch that was cut off comes before anything else.
  const cutOff = moves?.find((move) => phasesOf(move).includes('stopped') && /^Cutover: /.test(move.phase))
  const begin = () => setAsked({ kind: 'new' })
  const take = async () => {
    const taken = await importMove()
    if (taken) setAsked({ kind: 'review', id: taken.moveId, review: taken.review, imported: true })
  }
  const open = (id: string) => {
    const review = moves?.find((move) => move.id === id)?.review
    if (review) setAsked({ kind: 'review', id, review, imported: false })
    else void openMove(id)
  }
  useEffect(() => void loadSites(), [])
  const close = () => setAsked({ kind: 'nothing' })
  useShortcut('mod+n', begin)
  useShortcut('mod+Enter', () => cutOff && void openMove(cutOff.id))
  useShortcut('mod+o', () => void take())
  useShortcut('/', () => document.querySelector<HTMLInputElement>('.home-find input')?.focus())
  const named = 'id' in asked ? moves?.find((move) => move.id === asked.id) : undefined
  return (
    <>
      <AppFrame
        top={
          <TopBar
            move="Siteswap"
            next={
              cutOff ? (
                <NextAction label={`Open ${cutOff.name}`} onPress={() => void openMove(cutOff.id)} />
              ) : (
                <NextAction label="New move" onPress={begin} keys={['Ctrl', 'N']} />
              )
            }
          >
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
        rail={<HomeStart onNew={begin} onImport={() => void take()} onSites={() => setAsked({ kind: 'sites' })} />}
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
                onOpen={open}
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
                  onOpen={open}
                  onAsk={(kind) => setAsked({ kind, id: selected.id })}
                />
              )}
            </>
          )}
        </Body>
      </AppFrame>
      {asked.kind === 'new' && <NewMoveDialog onClose={close} />}
      {asked.kind === 'review' && (
        <ReviewDialog moveId={asked.id} review={asked.review} imported={asked.imported} onClose={close} />
      )}
      {asked.kind === 'sites' && <SavedSitesDialog onClose={close} />}
      {asked.kind === 'remove' && named && <RemoveMoveDialog move={named} onClose={close} />}
      {asked.kind === 'duplicate' && named && <DuplicateDialog move={named} onClose={close} onDuplicated={setChosen} />}
      {asked.kind === 'versions' && <VersionsDialog moveId={asked.id} name={named?.name ?? ''} onClose={close} />}
    </>
  )
}
