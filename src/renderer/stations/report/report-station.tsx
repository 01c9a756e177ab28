import { useRef, useState } from 'react'
import type { Report } from '../../../shared/report'
import { Age } from '../../parts/age'
import { Body } from '../../parts/body'
import { Button } from '../../parts/button'
import { Chip } from '../../parts/chip'
import { EmptyState } from '../../parts/empty-state'
import { useShortcut } from '../../parts/hooks/use-shortcut'
import { Loading } from '../../parts/loading'
import { Note } from '../../parts/note'
import { Segmented } from '../../parts/segmented'
import { StationHead } from '../../parts/station-head'
import { useMove } from '../../state/open-move'
import { exportReport, makeReport, type ReportFormat, useReport, useReportStore } from '../../state/report'
import { useCommand } from '../frame/use-command'
import { FailurePanel } from '../runbook/failure-panel'
import { ReportOutline } from './report-outline'
import { ReportPaper } from './report-paper'
import { ReportSide } from './report-side'
import { hasContent, outcomeChip } from './report-words'
import './report.css'

/** The Report station: the paper made from the journal, what is in it, what was checked, and where it goes. */
export function ReportStation() {
  const { runs, move, drift, preflight } = useMove()
  const key = [
    ...runs.map((run) => `${run.id} ${run.state.kind}`),
    move.waivers.length,
    drift.kind,
    preflight.kind === 'done' ? preflight.result.at : preflight.kind
  ].join('|')
  const state = useReport(`${move.id}|${key}`)
  const exporting = useReportStore((store) => store.exporting)
  const [format, setFormat] = useState<ReportFormat>('html')
  const [sideOpen, setSideOpen] = useState(false)
  const report = state.kind === 'ready' ? state.report : null
  const filled = report !== null && hasContent(report)
  const send = () => {
    if (filled) void exportReport(format)
  }
  useCommand('report', (command) => {
    if (command === 'export') void exportReport(format)
  })
  useShortcut('mod+e', send)
  const chip = report && filled ? outcomeChip(report) : null
  return (
    <>
      <StationHead
        title="Report"
        chip={chip && <Chip tone={chip.tone}>{chip.word}</Chip>}
        sub={
          report && filled ? (
            <>
              made from the journal, <Age at={report.madeAt} ago />
            </>
          ) : undefined
        }
        actions={
          filled && (
            <>
              <span className="only-narrow-inline">
                <Button onPress={() => setSideOpen(true)}>Checks</Button>
              </span>
              <Segmented
                label="Format"
                value={format}
                onChange={setFormat}
                segments={[
                  { id: 'html', label: 'HTML' },
                  { id: 'json', label: 'JSON' }
                ]}
              />
              <Button
                variant="primary"
                icon="export"
                keys={['Ctrl', 'E']}
                busy={exporting !== null && 'Writing'}
                onPress={send}
              >
                Export
              </Button>
            </>
          )
        }
      />
      {state.kind === 'making' && (
        <div className="pad">
          <Loading rows={8}>Reading the journal</Loading>
        </div>
      )}
      {state.kind === 'failed' && (
        <div className="pad scroll">
          <FailurePanel
            failure={state.failure}
            means="The journal itself was not changed."
            actions={
              <Button variant="primary" icon="refresh" onPress={() => void makeReport()}>
                Try again
              </Button>
            }
          />
        </div>
      )}
      {report && !filled && <Nothing report={report} />}
      {report && filled && (
        <Filled
          report={report}
          stale={state.kind === 'ready' && state.failure !== null}
          sideOpen={sideOpen}
          onClose={() => setSideOpen(false)}
        />
      )}
    </>
  )
}

function Nothing({ report }: { report: Report }) {
  return (
    <div className="scroll grow">
      <EmptyState icon="document" title="Nothing to report yet">
        {report.summary.sentence} The report is made from the journal: topology before and after, findings and waivers,
        drift verdicts, the timeline with every statement, the ledger of canary orders and the measured write pause.
      </EmptyState>
    </div>
  )
}

interface FilledProps {
  report: Report
  stale: boolean
  sideOpen: boolean
  onClose: () => void
}

function Filled({ report, stale, sideOpen, onClose }: FilledProps) {
  const paper = useRef<HTMLDivElement>(null)
  return (
    <Body>
      <ReportOutline report={report} paper={paper} />
      <div className="desk" ref={paper}>
        {stale && (
          <Note tone="att" title="The report could not be made again.">
            What is shown is older.
          </Note>
        )}
        <ReportPaper report={report} />
      </div>
      <ReportSide report={report} open={sideOpen} onClose={onClose} />
    </Body>
  )
}
