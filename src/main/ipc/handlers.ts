import type { AppInfo, Events } from '../../shared/contract'
import { databaseSecret } from '../../shared/secret'
import type { HostKeyDesk } from '../engine/host-key-desk'
import { ensureMadeSecrets } from '../engine/made-secrets'
import type { Moves, SecretStore } from '../engine/move-shelf'
import type { OpenMoves } from '../engine/open-moves'
import { reportOf, reportText } from '../engine/report-of'
import type { SignInDesk } from '../engine/sign-in-desk'
import type { SavedSites } from '../engine/site-shelf'
import { pickableHosts, previewSsh } from '../engine/ssh-config-view'
import { type Imports, takeImport } from '../engine/take-import'
import { discoveryHandlers } from './discovery-handlers'
import { documentHandlers } from './document-handlers'
import { driftHandlers } from './drift-handlers'
import type { Handlers } from './expose'
import { topologyHandlers } from './topology-handlers'

/** What the handlers cannot do by themselves: dialogs, clipboard. */
export interface DesktopServices {
  chooseMoveFile(title?: string): Promise<string | null>
  chooseSavePath(name: string): Promise<string | null>
  writeFile(path: string, content: string | Uint8Array): Promise<void>
  copy(text: string): void
}

export interface HandlerDeps {
  info(): Promise<AppInfo>
  moves: Moves
  sites: SavedSites
  open: OpenMoves
  secrets: SecretStore
  imports: Imports
  hostKeys: HostKeyDesk
  signIn: SignInDesk
  desktop: DesktopServices
  notice(notice: Events['notice']): void
}

const madeForSession: Events['notice'] = {
  tone: 'attention',
  text: 'The passwords of Siteswap’s own accounts are kept for this session only.',
  detail:
    'There is no keychain that takes them. Finish the move before you close the app, or start or unlock a keychain first.'
}

const fileName = (name: string, ending: string): string =>
  `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}-${new Date().toISOString().slice(0, 10)}.${ending}`

/** One thin line per call of the contract. */
export const makeHandlers = ({
  info,
  moves,
  sites,
  open,
  secrets,
  imports,
  hostKeys,
  signIn,
  desktop,
  notice
}: HandlerDeps): Handlers => ({
  'app.info': info,
  'app.copy': async ({ text }) => {
    desktop.copy(text)
    return null
  },
  ...documentHandlers({ moves, sites, open, secrets, desktop, notice }),
  'sshConfig.hosts': () => pickableHosts(),
  'sshConfig.resolve': ({ ssh }) => previewSsh(ssh),
  'import.list': ({ address }) => imports.list(address),
  'import.user': async ({ entry }) => ({ user: await imports.user(entry) }),
  'import.take': async (args) => {
    const state = await takeImport(imports, secrets, args)
    open.opened(args.moveId)?.secretChanged(args.serverId)
    return state
  },
  'hostkey.answer': async ({ id, accept }) => {
    hostKeys.answer(id, accept)
    return null
  },
  'signin.answer': async ({ id, answers }) => {
    signIn.answer(id, answers)
    return null
  },
  'doctor.run': ({ moveId, serverId }) => open.get(moveId).doctor(serverId),
  'doctor.try': async ({ moveId, server, secrets: typed, entry }) => {
    const ref = databaseSecret(server.id)
    const imported = entry !== null && !typed[ref] ? await imports.secret(entry) : null
    return open.trials.run({ moveId, server, secrets: imported ? { ...typed, [ref]: imported } : typed })
  },
  'doctor.endTry': async ({ moveId }) => {
    open.trials.end(moveId)
    return null
  },
  ...topologyHandlers({ open, desktop, fileName }),
  ...discoveryHandlers(open),
  ...driftHandlers({ open, desktop, fileName }),
  'preflight.run': ({ moveId }) => open.get(moveId).preflight(),
  'preflight.waive': ({ moveId, check, server, reason }) =>
    open.get(moveId).waive({ check, reason, ...(server ? { server } : {}) }),
  'preflight.unwaive': ({ moveId, check, server }) => open.get(moveId).unwaive(check, server),
  'runbook.preview': ({ moveId, kind, subject }) => open.get(moveId).desk.preview(kind, subject),
  'runbook.start': async ({ moveId, kind, subject, confirm }) => {
    const { sessionOnly } = await ensureMadeSecrets(secrets, moveId)
    if (sessionOnly) notice(madeForSession)
    return { runId: (await open.get(moveId).desk.start(kind, subject, confirm)).runId }
  },
  'runbook.resume': async ({ moveId, runId }) => {
    await open.get(moveId).desk.resume(runId)
    return null
  },
  'runbook.abort': async ({ moveId, runId }) => {
    await open.get(moveId).desk.abort(runId)
    return null
  },
  'runbook.undo': async ({ moveId, runId }) => {
    await open.get(moveId).desk.undo(runId)
    return null
  },
  'runbook.done': async ({ moveId, runId, step }) => {
    open.get(moveId).desk.personDone(runId, step)
    return null
  },
  'bridge.restart': async ({ moveId }) => {
    await open.get(moveId).restartBridge()
    return null
  },
  'canary.start': async ({ moveId }) => {
    open.get(moveId).startCanary()
    return null
  },
  'canary.stop': async ({ moveId }) => {
    await open.get(moveId).stopCanary()
    return null
  },
  'report.build': async ({ moveId }) => reportOf(open.get(moveId), (await info()).version),
  'report.html': async ({ moveId }) => ({
    html: reportText(reportOf(open.get(moveId), (await info()).version), 'html')
  }),
  'report.export': async ({ moveId, format }) => {
    const report = reportOf(open.get(moveId), (await info()).version)
    const path = await desktop.chooseSavePath(fileName(report.move.name, format))
    if (!path) return null
    await desktop.writeFile(path, reportText(report, format))
    return { path }
  }
})
