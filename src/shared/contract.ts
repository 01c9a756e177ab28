import { z } from 'zod'
import type { CanaryState } from './canary'
import type { Discovery } from './discovery'
import { type DiscoveryAnswers, discoveryCalls } from './discovery-calls'
import type { DoctorState, HostKeyQuestion } from './doctor'
import type { DocumentState } from './document'
import { type DocumentAnswers, documentCalls } from './document-calls'
import type { DriftState } from './drift'
import { type DriftAnswers, driftCalls } from './drift-calls'
import type { DriftScheduleState } from './drift-schedule'
import type { PreflightState } from './finding'
import type { ImportList } from './import'
import { type Move, serverEntrySchema, sshEntrySchema } from './move'
import type { Report } from './report'
import { type Run, type RunbookPreview, runbookKinds } from './runbook'
import type { KeychainState, SecretRef, SecretState } from './secret'
import type { SignInQuestion } from './sign-in'
import type { ResolvedSsh, SshConfigHost } from './ssh-settings'
import type { SnapshotHead, Topology } from './topology'
import type { TopologyDiff } from './topology-diff'

/** The one IPC contract: every call with the schema of its argument, every event with its whole snapshot. */
const moveId = z.strictObject({ moveId: z.string().max(64) })
const serverRef = z.strictObject({ moveId: z.string().max(64), serverId: z.string().max(64) })
const secretRef = z.strictObject({ moveId: z.string().max(64), ref: z.string().max(200) })
const runRef = z.strictObject({ moveId: z.string().max(64), runId: z.string().max(64) })
const kind = z.enum(runbookKinds)
const lens = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('old-new') }),
  z.strictObject({ kind: z.literal('since'), snapshot: z.string().max(64) }),
  z.strictObject({ kind: z.literal('plan') })
])
const nothing = z.strictObject({})

export const callSchemas = {
  'app.info': nothing,
  /** Puts a text the person chose to copy on the clipboard. */
  'app.copy': z.strictObject({ text: z.string().max(200_000) }),
  ...documentCalls,
  ...discoveryCalls,
  'secrets.state': secretRef,
  'secrets.set': z.strictObject({
    moveId: z.string().max(64),
    ref: z.string().max(200),
    value: z.string().min(1).max(10_000),
    keep: z.enum(['keychain', 'session'])
  }),
  'secrets.forget': secretRef,
  /** Names of the kept secrets of a move; no call answers a value. */
  'secrets.list': moveId,
  /** Connections that other programs of this person know; `address`: a mysql:// address typed here. No password comes back. */
  'import.list': z.strictObject({ address: z.string().max(4000).nullable() }),
  /** The account's name of a connection whose file is encrypted: opens that file, at the person's wish. */
  'import.user': z.strictObject({ entry: z.string().max(64) }),
  /** Puts the password of a connection into the secrets of a server, without showing it to the window. */
  'import.take': z.strictObject({
    moveId: z.string().max(64),
    serverId: z.string().max(64),
    entry: z.string().max(64),
    keep: z.enum(['keychain', 'session'])
  }),
  'hostkey.answer': z.strictObject({ id: z.string().max(64), accept: z.boolean() }),
  /** One answer per prompt of the server; null: the person does not go on. */
  'signin.answer': z.strictObject({
    id: z.string().max(64),
    answers: z.array(z.string().max(10_000)).max(20).nullable()
  }),
  'doctor.run': serverRef,
  /** Goes the way to a server that is only typed so far, with the secrets typed with it; `entry`: a connection whose password would be imported. Nothing is kept. */
  'doctor.try': z.strictObject({
    moveId: z.string().max(64),
    server: serverEntrySchema,
    secrets: z.record(z.string().max(200), z.string().min(1).max(10_000)),
    entry: z.string().max(64).nullable()
  }),
  'doctor.endTry': moveId,
  /** Hosts of the person's own ssh config. */
  'sshConfig.hosts': nothing,
  /** What a chain means by the ssh config as it is now; nothing is connected. */
  'sshConfig.resolve': z.strictObject({ ssh: z.array(sshEntrySchema).max(8) }),
  'topology.refresh': moveId,
  'topology.snapshot': z.strictObject({ moveId: z.string().max(64), name: z.string().trim().min(1).max(120) }),
  'topology.removeSnapshot': z.strictObject({ moveId: z.string().max(64), snapshot: z.string().max(64) }),
  'topology.diff': z.strictObject({ moveId: z.string().max(64), lens }),
  /** A difference is expected; `difference` is the id of one in the last answer for this lens. */
  'topology.accept': z.strictObject({
    moveId: z.string().max(64),
    lens,
    difference: z.string().max(700),
    reason: z.string().trim().min(3).max(2000)
  }),
  'topology.unaccept': z.strictObject({ moveId: z.string().max(64), lens, difference: z.string().max(700) }),
  /** Compares anew and opens the save dialog; answers the written path, or null when cancelled. */
  'topology.exportDiff': z.strictObject({
    moveId: z.string().max(64),
    lens,
    format: z.enum(['html', 'markdown', 'json'])
  }),
  /** The picture as it is now, as an SVG that needs nothing else, and as text. */
  'topology.drawing': moveId,
  /** Opens the save dialog for the picture; the window draws the PNG from the SVG. */
  'topology.exportPicture': z.discriminatedUnion('format', [
    z.strictObject({ moveId: z.string().max(64), format: z.literal('svg') }),
    z.strictObject({
      moveId: z.string().max(64),
      format: z.literal('png'),
      base64: z
        .string()
        .max(8_000_000)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    })
  ]),
  'preflight.run': moveId,
  'preflight.waive': z.strictObject({
    moveId: z.string().max(64),
    check: z.string().max(40),
    server: z.string().max(64).nullable(),
    reason: z.string().trim().min(3).max(2000)
  }),
  'preflight.unwaive': z.strictObject({
    moveId: z.string().max(64),
    check: z.string().max(40),
    server: z.string().max(64).nullable()
  }),
  'runbook.preview': z.strictObject({
    moveId: z.string().max(64),
    kind,
    /** For kind remedy: the finding's check and server. For finish: the hosts said to be retired. */
    subject: z.string().max(4000).nullable()
  }),
  'runbook.start': z.strictObject({
    moveId: z.string().max(64),
    kind,
    subject: z.string().max(4000).nullable(),
    confirm: z.string().max(200).nullable()
  }),
  'runbook.resume': runRef,
  'runbook.abort': runRef,
  'runbook.undo': runRef,
  /** The person did what a manual step asked, or decided to go on. */
  'runbook.done': z.strictObject({ moveId: z.string().max(64), runId: z.string().max(64), step: z.string().max(80) }),
  'bridge.restart': moveId,
  ...driftCalls,
  'canary.start': moveId,
  'canary.stop': moveId,
  'report.build': moveId,
  /** Opens the save dialog; answers the written path, or null when cancelled. */
  'report.export': z.strictObject({ moveId: z.string().max(64), format: z.enum(['html', 'json']) }),
  'report.html': moveId
} as const

export type CallName = keyof typeof callSchemas

export type { MoveListItem } from './document-calls'

/** Everything the renderer needs to draw an opened move; sent whole on open, then piece by piece as events. */
export interface OpenMove {
  move: Move
  savedAt: number
  topology: Topology | null
  snapshots: SnapshotHead[]
  doctors: Record<string, DoctorState>
  preflight: PreflightState
  drift: DriftState
  driftSchedule: DriftScheduleState
  runs: Run[]
  canary: CanaryState
  lag: LagHistory
  journal: JournalState
  document: DocumentState
}

export interface LagHistory {
  /** Epoch seconds. */
  at: number[]
  /** One series per link id, seconds, null = unknown. */
  series: Record<string, (number | null)[]>
}

export interface JournalState {
  entries: number
  savedAt: number | null
  problem: string | null
}

export interface AppInfo {
  version: string
  operator: string
  keychain: KeychainState
  platform: string
  /** Id of the move to open at once: the demo lab's. */
  openAtStart: string | null
}

export interface Answers extends DocumentAnswers, DiscoveryAnswers, DriftAnswers {
  'app.info': AppInfo
  'app.copy': null
  'moves.open': OpenMove
  'secrets.state': SecretState
  'secrets.set': SecretState
  'secrets.forget': null
  'secrets.list': SecretRef[]
  'import.list': ImportList
  'import.user': { user: string | null }
  'import.take': SecretState
  'hostkey.answer': null
  'signin.answer': null
  'doctor.run': DoctorState
  'doctor.try': DoctorState
  'doctor.endTry': null
  'sshConfig.hosts': { file: string; hosts: SshConfigHost[] }
  'sshConfig.resolve': ResolvedSsh
  'topology.refresh': Topology
  'topology.snapshot': SnapshotHead
  'topology.removeSnapshot': null
  'topology.diff': TopologyDiff
  'topology.accept': TopologyDiff
  'topology.unaccept': TopologyDiff
  'topology.exportDiff': { path: string } | null
  'topology.drawing': { svg: string; text: string }
  'topology.exportPicture': { path: string } | null
  'preflight.run': PreflightState
  'preflight.waive': PreflightState
  'preflight.unwaive': PreflightState
  'runbook.preview': RunbookPreview
  'runbook.start': { runId: string }
  'runbook.resume': null
  'runbook.abort': null
  'runbook.undo': null
  'runbook.done': null
  'bridge.restart': null
  'canary.start': null
  'canary.stop': null
  'report.build': Report
  'report.export': { path: string } | null
  'report.html': { html: string }
}

export type Calls = { [Name in CallName]: { args: z.input<(typeof callSchemas)[Name]>; answer: Answers[Name] } }

/** Events carry whole snapshots; `moveId` says which move they speak of. */
export interface Events {
  move: { moveId: string; move: Move; savedAt: number }
  document: { moveId: string; document: DocumentState }
  topology: { moveId: string; topology: Topology }
  snapshots: { moveId: string; snapshots: SnapshotHead[] }
  doctor: { moveId: string; serverId: string; doctor: DoctorState }
  /** How far the trial of a server that is only typed has come. */
  trial: { moveId: string; doctor: DoctorState }
  discovery: { moveId: string; discovery: Discovery }
  preflight: { moveId: string; preflight: PreflightState }
  drift: { moveId: string; drift: DriftState }
  driftSchedule: { moveId: string; driftSchedule: DriftScheduleState }
  run: { moveId: string; run: Run }
  canary: { moveId: string; canary: CanaryState }
  lag: { moveId: string; lag: LagHistory }
  journal: { moveId: string; journal: JournalState }
  hostkey: { question: HostKeyQuestion | null }
  signin: { question: SignInQuestion | null }
  keychain: { keychain: KeychainState }
  sessions: { moveId: string; open: number }
  notice: { tone: 'ok' | 'attention' | 'danger'; text: string; detail: string | null }
}

export type EventName = keyof Events
export const eventNames: EventName[] = [
  'move',
  'document',
  'topology',
  'snapshots',
  'doctor',
  'trial',
  'discovery',
  'preflight',
  'drift',
  'driftSchedule',
  'run',
  'canary',
  'lag',
  'journal',
  'hostkey',
  'signin',
  'keychain',
  'sessions',
  'notice'
]
export const callNames = Object.keys(callSchemas) as CallName[]
