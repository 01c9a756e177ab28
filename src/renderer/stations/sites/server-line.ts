import type { OpenMove } from '../../../shared/contract'
import { verdictOf } from '../../../shared/doctor'
import { doctorTroubles, layerNames } from '../../../shared/doctor-text'
import type { ServerEntry } from '../../../shared/move'

const flavours = { mysql: 'MySQL', mariadb: 'MariaDB' } as const

const redirectWords = (server: ServerEntry): string => {
  switch (server.redirect.kind) {
    case 'file':
      return 'redirect by file'
    case 'manual':
      return 'redirect by hand'
    case 'none':
      return 'no redirect'
    default:
      return server.redirect satisfies never
  }
}

/** The second line of a server's card: what it is and does, or at which layer it failed. */
export const serverLine = (open: OpenMove, server: ServerEntry): string => {
  const doctor = verdictOf(open.doctors[server.id])
  const failed = doctor?.ok === false ? doctorTroubles(doctor)[0] : undefined
  if (failed) return `${layerNames[failed.layer]}: ${failed.failure.what}`
  if (server.kind === 'database') {
    const survey = open.topology?.nodes.find((node) => node.server === server.id)?.survey
    if (!survey) return server.database?.socketPath ?? `${server.database?.host}:${server.database?.port}`
    const role = open.topology?.writable.includes(server.id)
      ? 'takes writes'
      : survey.links.length > 0
        ? 'replica'
        : 'read-only'
    return `${flavours[survey.identity.flavour]} ${survey.identity.versionNumbers.join('.')} · ${role}`
  }
  const app = open.topology?.apps.find((one) => one.server === server.id)
  const connections = Object.values(app?.connections ?? {}).reduce((sum, count) => sum + count, 0)
  if (connections === 0) return redirectWords(server)
  return `${connections} database connection${connections === 1 ? '' : 's'} · ${redirectWords(server)}`
}

/** When this server was last heard of: its doctor, its survey, or its look. */
export const heardAt = (open: OpenMove, server: ServerEntry): number | null => {
  const doctor = open.doctors[server.id]
  const survey = open.topology?.nodes.find((node) => node.server === server.id)?.survey
  const app = open.topology?.apps.find((one) => one.server === server.id)
  const failedAt = doctor?.kind === 'done' && !doctor.ok ? doctor.at : null
  if (failedAt !== null) return failedAt
  const times = [doctor?.kind === 'done' ? doctor.at : 0, survey?.at ?? 0, app?.reached ? (app.at ?? 0) : 0]
  return Math.max(...times) || null
}
