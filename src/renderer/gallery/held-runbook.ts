import type { RunbookLine } from '../parts/runbook-list'

/** The steps of a cutover held at step 5, for the gallery. */
export const heldRunbook: RunbookLine[] = [
  { kind: 'group', id: 'prepare', title: 'Prepare, writes go on' },
  {
    kind: 'step',
    id: '1',
    number: 1,
    state: 'done',
    title: 'Claim',
    server: 'both',
    command: "SELECT GET_LOCK('siteswap', 5)",
    rehearsed: '84 ms',
    now: '81 ms'
  },
  {
    kind: 'step',
    id: '2',
    number: 2,
    state: 'done',
    title: 'Reverse link',
    server: 'fra-db1',
    command: "START SLAVE 'lis'",
    rehearsed: '91 ms',
    now: '88 ms'
  },
  {
    kind: 'step',
    id: '3',
    number: 3,
    state: 'done',
    title: 'Arm',
    server: 'lis-db1',
    command: "SELECT MASTER_GTID_WAIT('0-101-…', 30)",
    rehearsed: '40 ms',
    now: '40 ms'
  },
  { kind: 'group', id: 'hold', title: 'Writes wait, under a 3 s lease' },
  {
    kind: 'step',
    id: '4',
    number: 4,
    state: 'done',
    title: 'Hold',
    server: 'fra-db1',
    command: 'FLUSH TABLES WITH READ LOCK',
    rehearsed: '3 ms',
    now: '2 ms'
  },
  {
    kind: 'step',
    id: '5',
    number: 5,
    state: 'running',
    title: 'Catch up',
    server: 'lis-db1',
    command: 'position read under the hold, then reached',
    rehearsed: '61 ms',
    now: '1.81 s'
  },
  {
    kind: 'step',
    id: '6',
    number: 6,
    state: 'todo',
    title: 'Verify',
    server: 'both',
    command: '14 guarded tables, canary rows, applier',
    rehearsed: '38 ms'
  },
  { kind: 'no-return', id: 'ponr' },
  { kind: 'group', id: 'open', title: 'Lisbon opens by itself' },
  {
    kind: 'step',
    id: '7',
    number: 7,
    state: 'todo',
    title: 'Throw',
    server: 'fra-db1',
    command: 'SET GLOBAL read_only=1; UNLOCK TABLES; token',
    rehearsed: '1 ms'
  },
  {
    kind: 'step',
    id: '8',
    number: 8,
    state: 'failed',
    title: 'Observe',
    server: 'lis-db1',
    command: 'SELECT @@read_only',
    rehearsed: '~45 ms'
  },
  {
    kind: 'step',
    id: '9',
    number: 9,
    state: 'undone',
    title: 'Redirect',
    server: '5 hosts',
    command: 'write db.conf, reload',
    rehearsed: '4 s'
  },
  {
    kind: 'step',
    id: '10',
    number: 10,
    state: 'unknown',
    title: 'Change DNS',
    server: 'ns1',
    command: 'update A',
    rehearsed: '60 s'
  },
  {
    kind: 'step',
    id: '11',
    number: 11,
    state: 'skipped',
    title: 'Stragglers',
    server: 'fra-db1',
    command: 'until zero connections',
    rehearsed: '~20 min'
  }
]
