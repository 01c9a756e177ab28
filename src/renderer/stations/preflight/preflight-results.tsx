import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { OpenMove } from '../../../shared/contract'
import type { PreflightResult } from '../../../shared/finding'
import { Age } from '../../parts/age'
import { Body } from '../../parts/body'
import { EmptyState } from '../../parts/empty-state'
import { useNow } from '../../parts/hooks/use-now'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Note } from '../../parts/note'
import { Segmented } from '../../parts/segmented'
import { StatusIcon } from '../../parts/status-icon'
import { TextInput } from '../../parts/text-input'
import { useCommand } from '../frame/use-command'
import { serverName } from '../runbook/names'
import { FindingDetail } from './finding-detail'
import { type FindingGroupView, groupFindings, isToDo, listFindings, type Shown, tallyOf } from './finding-groups'
import { FindingList } from './finding-list'
import { staleAfterMs } from './preflight-head'
import { PreflightStats } from './preflight-stats'

/** The answers: numbers, the list of findings, and the chosen one. */
export function PreflightResults({ open, result, running, failure }: PreflightResultsProps) {
  const now = useNow()
  const list = useRef<HTMLElement>(null)
  const [wantedShown, setShown] = useState<Shown>('todo')
  const [filter, setFilter] = useState('')
  const [folded, setFolded] = useState<Record<string, boolean>>({})
  const [chosen, setChosen] = useState<string | null>(null)
  const [aim, setAim] = useState<string | null>(null)
  const tally = tallyOf(result.findings)
  const todo = result.findings.filter(isToDo).length
  const shown = wantedShown === 'waived' && tally.waived === 0 ? 'todo' : wantedShown
  const groups = groupFindings(result, { shown, filter, nameOf: (server) => serverName(open.move, server) })
  const isOpen = (group: FindingGroupView) => folded[`${shown}/${group.id}`] ?? !group.quiet
  const all = listFindings(result)
  const visible = groups.filter(isOpen).flatMap((group) => group.lines)
  const line = all.find(({ key }) => key === chosen) ?? groups.find((group) => !group.quiet)?.lines[0] ?? all[0]
  useShortcut('/', () => list.current?.querySelector('input')?.focus())
  useCommand('preflight', (command) => {
    if (command !== 'first-stop') return
    const stop = all.find(({ finding }) => finding.verdict === 'stop' && !finding.waiver)
    if (!stop) return
    setShown('todo')
    setFilter('')
    setFolded({})
    setChosen(stop.key)
    setAim(stop.key)
  })
  // The line is focused once it is drawn, so that arrows go on from it.
  useEffect(() => {
    if (aim === null) return
    list.current?.querySelector<HTMLElement>('button.frow.sel')?.focus()
    setAim(null)
  }, [aim])
  return (
    <>
      <PreflightStats tally={tally} />
      <Body>
        <section className="preflight-col" aria-label="Findings" ref={list}>
          <div className="preflight-bar">
            <Segmented
              label="Findings shown"
              value={shown}
              onChange={setShown}
              segments={[
                { id: 'todo', label: 'To do', count: todo },
                ...(tally.waived > 0 ? [{ id: 'waived' as const, label: 'Waived', count: tally.waived }] : []),
                { id: 'all', label: 'All', count: result.findings.length }
              ]}
            />
            <TextInput
              type="search"
              icon="search"
              label="Filter findings"
              placeholder="Filter findings"
              keys="/"
              value={filter}
              onChange={setFilter}
              onEnter={() => list.current?.querySelector<HTMLElement>('button.frow')?.focus()}
            />
          </div>
          <div className="preflight-scroll">
            {running && (
              <div className="preflight-asking" role="status">
                <StatusIcon status="running" />
                <span>
                  Asking both servers again. Shown is what they said <Age at={result.at} ago />.
                </span>
              </div>
            )}
            {failure && <div className="pad">{failure}</div>}
            {!running && now - result.at > staleAfterMs && (
              <div className="pad">
                <Note tone="att" title="These answers are old." aside={<Age at={result.at} ago staleAfterMs={1} />}>
                  Servers change by the hour: check again before you rely on them.
                </Note>
              </div>
            )}
            {todo === 0 && shown === 'todo' && filter === '' && <NothingToDo result={result} />}
            {groups.length === 0 && (
              <EmptyState icon="search" title="Nothing matches">
                No {shown === 'all' ? '' : shown === 'waived' ? 'waived ' : 'open '}finding holds these words.
                {shown === 'all' ? '' : ' “All” looks through everything.'}
              </EmptyState>
            )}
            <FindingList
              groups={groups}
              move={open.move}
              at={result.at}
              selected={line?.key}
              onSelect={setChosen}
              isOpen={isOpen}
              onToggle={(group) => setFolded({ ...folded, [`${shown}/${group.id}`]: !isOpen(group) })}
            />
          </div>
        </section>
        {line && (
          <FindingDetail
            key={line.key}
            line={line}
            at={result.at}
            open={open}
            shown={chosen !== null && visible.some(({ key }) => key === chosen)}
            onClose={() => setChosen(null)}
          />
        )}
      </Body>
    </>
  )
}

function NothingToDo({ result }: { result: PreflightResult }) {
  const { ok, waived } = tallyOf(result.findings)
  return (
    <div className="preflight-well">
      <StatusIcon status="ok" size={20} />
      <div>
        <h2>Nothing to do</h2>
        <p className="s12 t2">
          {ok} findings are well{waived > 0 ? `, ${waived} set aside with a reason` : ''}, seen{' '}
          <Age at={result.at} ago />.
        </p>
      </div>
    </div>
  )
}

/** What `PreflightResults` are told. */
export type PreflightResultsProps = {
  open: OpenMove
  result: PreflightResult
  running: boolean
  failure: ReactNode
}
