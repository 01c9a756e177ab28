import { useState } from 'react'
import { FindingGroup } from '../parts/finding-group'
import { FindingRow } from '../parts/finding-row'
import { formatCount } from '../parts/format'
import { GateList } from '../parts/gate-list'
import { PhaseDots } from '../parts/phase-dots'
import { RunbookList } from '../parts/runbook-list'
import { ServerCard } from '../parts/server-card'
import { Status } from '../parts/status'
import type { StatusKind } from '../parts/status-kind'
import { Table } from '../parts/table'
import { Waterfall } from '../parts/waterfall'
import { heldRunbook } from './held-runbook'
import { Specimen } from './specimen'

const tables: { name: string; rows: number | null; status: StatusKind; words: string; age: string }[] = [
  { name: 'orders', rows: 48_211_902, status: 'ok', words: 'same', age: '9 min' },
  { name: 'order_items', rows: 161_004_377, status: 'running', words: 'comparing 71 %', age: 'now' },
  { name: 'coupons', rows: 1_204_990, status: 'danger', words: 'differs in 3 rows', age: '6 min' },
  { name: 'carts', rows: 9_401_228, status: 'inconclusive', words: 'inconclusive, hot rows', age: '8 min' },
  { name: 'event_log', rows: null, status: 'todo', words: 'queued', age: '2 d, stale' }
]

/** Tables, runbooks, gates, findings, layers. */
export function PartsGalleryLists() {
  const [table, setTable] = useState('coupons')
  const [step, setStep] = useState('5')
  const [open, setOpen] = useState(true)
  const [finding, setFinding] = useState('B02')
  return (
    <div style={{ columns: '2 440px', columnGap: 16 }}>
      <Specimen words="Runbook, wide, before and during" bare>
        <div className="card">
          <RunbookList label="Cutover" lines={heldRunbook} selected={step} onSelect={setStep} />
        </div>
      </Specimen>
      <Specimen words="Runbook, narrow, rehearsed against now" bare>
        <div className="card" style={{ maxWidth: 392 }}>
          <RunbookList label="Cutover, narrow" lines={heldRunbook} timed showCommand={false} />
        </div>
      </Specimen>
      <Specimen words="Table: arrows choose" bare>
        <div className="card">
          <Table
            label="Tables"
            rows={tables}
            rowKey={(row) => row.name}
            selected={table}
            onSelect={setTable}
            columns={[
              { id: 'name', head: 'Table, by risk', cell: (row) => row.name, mono: true },
              { id: 'rows', head: 'Rows', right: true, cell: (row) => formatCount(row.rows) },
              {
                id: 'verdict',
                head: 'Verdict',
                fill: true,
                cell: (row) => <Status status={row.status}>{row.words}</Status>
              },
              {
                id: 'age',
                head: 'Age',
                right: true,
                cell: (row) => <span className={row.age.includes('stale') ? 'age stale' : 'age'}>{row.age}</span>
              }
            ]}
          />
        </div>
      </Specimen>
      <Specimen words="Findings" bare>
        <div className="card">
          <FindingGroup
            title="Who can write past the seal"
            open={open}
            onToggle={() => setOpen(!open)}
            counts={[
              { status: 'stop', words: '1 stop' },
              { status: 'waived', words: '1 waived' },
              { status: 'ok', words: '9 ok' }
            ]}
          >
            {[
              {
                id: 'B02',
                status: 'stop' as const,
                title: '2 accounts bypass read_only and are used by the shop, with a title that is much too long',
                where: 'fra-db1'
              },
              { id: 'B07', status: 'waived' as const, title: 'Backup account has SUPER', where: 'both' },
              {
                id: 'C01',
                status: 'attention' as const,
                title: 'Binary logs kept 2 d, plan needs 5 d',
                where: 'fra-db1'
              }
            ].map((row) => (
              <FindingRow
                key={row.id}
                {...row}
                age="4 min"
                selected={finding === row.id}
                onSelect={() => setFinding(row.id)}
              />
            ))}
          </FindingGroup>
          <FindingGroup
            title="Network, DNS, certificates"
            open={false}
            onToggle={() => {}}
            counts={[{ status: 'ok', words: '14 ok' }]}
          />
        </div>
      </Specimen>
      <Specimen words="Gates">
        <GateList
          label="Gates"
          gates={[
            { id: 'a', status: 'ok', title: 'Preflight', value: '0 stops, 1 waived', age: '3 min' },
            {
              id: 'b',
              status: 'stop',
              title: 'Drift',
              value: '2 d, limit 60 min',
              age: '2 d',
              fix: () => {}
            },
            { id: 'c', status: 'unknown', title: 'Lag below 1 s', value: 'unknown', age: '12 s' },
            { id: 'd', status: 'waived', title: 'Disk, clock, certificates', value: 'ok', age: '3 min' }
          ]}
        />
      </Specimen>
      <Specimen words="Connection doctor: layers in time">
        <Waterfall
          label="Layers"
          layers={[
            { id: 'n', status: 'ok', name: 'Name', words: 'resolves to 10.40.0.12', startMs: 0, tookMs: 3 },
            { id: 't', status: 'ok', name: 'TCP', words: 'port 22, via 2 jumps', startMs: 3, tookMs: 41 },
            { id: 's', status: 'ok', name: 'SSH sign-in', words: 'deploy, key from agent', startMs: 46, tookMs: 118 },
            { id: 'h', status: 'danger', name: 'Handshake', words: 'TLS refused', startMs: 204, tookMs: 84 },
            { id: 'g', status: 'todo', name: 'Grants', words: 'not reached', startMs: null, tookMs: null }
          ]}
        />
      </Specimen>
      <Specimen words="Servers of a site, a move's way" bare>
        <div className="col g8">
          <ServerCard
            icon="database"
            name="lis-db1"
            status={<Status status="ok">connected</Status>}
            line="11.8.6 · read-only"
            age="0.4 s ago"
            onSelect={() => {}}
          />
          <ServerCard
            icon="database"
            name="lis-db2"
            status={<Status status="danger">failed</Status>}
            line="TLS refused at handshake"
            age="6 s ago"
            selected
            onSelect={() => {}}
          />
          <ServerCard
            icon="plus"
            name="Add worker"
            line="fra-worker1 has no pair in Lisbon yet"
            ghost
            onSelect={() => {}}
          />
          <div className="row wrap g16">
            <PhaseDots label="Cutover: ready" phases={['done', 'done', 'done', 'done', 'done', 'current', 'none']} />
            <PhaseDots
              label="Replicate: stopped"
              phases={['done', 'done', 'done', 'stopped', 'none', 'none', 'none']}
            />
            <PhaseDots label="Drift: differs" phases={['done', 'done', 'done', 'done', 'attention', 'none', 'none']} />
            <PhaseDots label="Aborted" phases={['done', 'done', 'done', 'done', 'done', 'aborted', 'none']} />
          </div>
        </div>
      </Specimen>
    </div>
  )
}
