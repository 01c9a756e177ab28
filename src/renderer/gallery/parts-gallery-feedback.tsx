import { useState } from 'react'
import { Age } from '../parts/age'
import { Button } from '../parts/button'
import { CommandBlock } from '../parts/command-block'
import { DiffBlock } from '../parts/diff-block'
import { EmptyState } from '../parts/empty-state'
import { ErrorPanel } from '../parts/error-panel'
import { KeyValues } from '../parts/key-values'
import { Loading } from '../parts/loading'
import { Note } from '../parts/note'
import { Progress } from '../parts/progress'
import { ServerText } from '../parts/server-text'
import { Sparkline } from '../parts/sparkline'
import { SqlBlock } from '../parts/sql-block'
import { Status } from '../parts/status'
import { Specimen } from './specimen'

const HOSTILE = 'admin\u202Emoc.live\u202C \u0000\u001b[31mred\u200b zero\u2066 <img src=x onerror=alert(1)> e\u0301'

/** Errors, notes, code, progress, empty and loading. */
export function PartsGalleryFeedback() {
  return (
    <div style={{ columns: '3 320px', columnGap: 16 }}>
      <TheError />
      <Notes />
      <Code />
      <Specimen words="Progress and sparkline">
        <div className="col g12">
          <Progress share={0.62} tone="new" label="Seeding" facts="129.6 of 209.1 GB, 52.4 MB/s" eta="ETA 25 min" />
          <Progress share={null} label="Reading" facts="Reading the catalogue, size not known yet" />
          <div className="row wrap s12">
            <span className="t2">lag</span>
            <b className="num">0.21 s</b>
            <Sparkline
              label="lag of the last minute"
              values={[2, 3, 2, 4, 3, 2, 9, 12, 3, 2, null, null, 3, 2, 4, 3]}
            />
            <span className="t2">writes</span>
            <b className="num">412/s</b>
            <Sparkline
              label="writes of the last minute"
              values={[40, 41, 39, 42, 40, 43, 41, 40, 38, 41, 42, 40]}
              tone="old"
            />
          </div>
        </div>
      </Specimen>
      <Specimen words="Empty, loading" bare>
        <div className="card">
          <EmptyState
            icon="database"
            title="No server in Lisbon yet"
            actions={
              <>
                <Button variant="primary" icon="plus" keys={['A']}>
                  Add server
                </Button>
                <Button icon="import">Import ~/.ssh/config</Button>
              </>
            }
          >
            Add one by hand, or let Siteswap read your SSH config. Nothing is contacted before you say so.
          </EmptyState>
          <div className="hr" />
          <Loading rows={3}>Asking fra-db1 and lis-db1 for 150 checks…</Loading>
        </div>
      </Specimen>
      <Facts />
    </div>
  )
}

function TheError() {
  return (
    <Specimen words="Error: the server's words, what happened, what it means, what to try" bare>
      <ErrorPanel
        title="Applier on lis-db1 stopped"
        age="4 min ago"
        serverWords="1062 Duplicate entry '881204' for key 'PRIMARY' on shop.coupons"
        where="lis-db1, applier, at 0-101-48109220"
        happened="Row 881204 was already on lis-db1 when Frankfurt's insert arrived. It was written on Lisbon at 22:36:58."
        means="The shop is not affected: Frankfurt takes writes. Nothing is lost by waiting: its binary logs reach back 2 d."
        tries={[
          {
            title: 'Compare the row on both sides',
            why: 'Opens Drift on shop.coupons, key 881204.',
            action: <Button size="sm">Compare</Button>
          },
          {
            title: "Remove Lisbon's row, then start the applier",
            why: 'Undo keeps the row.',
            detail: (
              <SqlBlock
                side="new"
                head="lis-db1, session operate-2"
                sql={'SET SESSION sql_log_bin=0;\nDELETE FROM shop.coupons WHERE id=881204;\nSTART SLAVE;'}
              />
            )
          }
        ]}
        actions={
          <>
            <Button variant="primary" icon="play" keys={['Ctrl', '↵']}>
              Preview and apply
            </Button>
            <Button icon="refresh">Ask again</Button>
          </>
        }
        notOffered="Skipping the transaction is not offered: it would hide drift."
      />
    </Specimen>
  )
}

function Notes() {
  return (
    <Specimen words="Notes" bare>
      <div className="col g8">
        <Note tone="info" title="Longer than rehearsed because of one large transaction.">
          0-101-48211690 changed 41 208 rows of shop.prices, sent 0.3 s before the hold. It has been applied.
        </Note>
        <Note tone="att" title="Throttled." aside="2 s ago">
          fra-db1 has 23 threads running, limit 20.
        </Note>
        <Note tone="dan" title="Two servers would take writes." actions={<Button size="sm">Show statements</Button>}>
          Nothing was changed.
        </Note>
        <Note tone="ok" title="86 tables equal">
          at 0-101-48109871
        </Note>
      </div>
    </Specimen>
  )
}

function Code() {
  return (
    <Specimen words="Statements and commands: where they run, exactly as sent" bare>
      <div className="col g8">
        <SqlBlock
          side="old"
          head="fra-db1, session hold-1, one packet"
          sql={
            "SET GLOBAL read_only = 1; UNLOCK TABLES;\nUPDATE siteswap.token SET epoch = 7 WHERE id = 'a''b'; -- the token\n/* a long line follows */ SELECT `user`, @@global.read_only, 0x1F, 1.5e3 FROM mysql.user WHERE host LIKE '10.20.%' AND account_locked = 'N'"
          }
        />
        <CommandBlock
          head="gw.lis, as deploy"
          command={'systemctl enable --now siteswap-link@lis\nss -ltn sport = :13307'}
        />
        <DiffBlock
          label="my.cnf of lis-db1"
          head="lis-db1  /etc/mysql/my.cnf"
          before={'[mysqld]\nserver_id=201\nlog_slave_updates=0\na=1\nb=2\nc=3\nd=4\ne=5\nf=6\ng=7\nread_only=0'}
          after={
            '[mysqld]\nserver_id=201\nlog_slave_updates=1\na=1\nb=2\nc=3\nd=4\ne=5\nf=6\ng=7\nread_only=1\n# by Siteswap'
          }
        />
      </div>
    </Specimen>
  )
}

function Facts() {
  const [opened] = useState(Date.now)
  return (
    <Specimen words="Facts with ages; text of servers made visible">
      <KeyValues
        items={[
          { key: 'Lag', value: <b>0.21 s</b>, age: <Age at={opened} staleAfterMs={10_000} /> },
          { key: 'Receiver', value: <Status status="ok">running</Status>, age: <Age at={opened - 12_000} /> },
          { key: 'Received', value: '0-101-48211937', mono: true, age: <Age at={opened - 240_000} /> },
          { key: 'Disk free', value: '612 GB of 1.8 TB', age: <Age at={opened - 540_000} staleAfterMs={300_000} /> },
          { key: 'Headroom', value: <span className="t3">unknown</span>, age: <Age at={null} /> },
          { key: 'Comment', value: <ServerText>{HOSTILE}</ServerText>, wraps: true },
          { key: 'Long', value: <ServerText cap={60}>{'x'.repeat(5000)}</ServerText>, wraps: true }
        ]}
      />
    </Specimen>
  )
}
