import { z } from 'zod'
import { driftScheduleSchema } from './drift-schedule'
import { markSchema } from './mark'

/** The document of the app: one JSON file without secrets. A file of an earlier version is brought to this one by `store/migrate-move.ts`. */
export const moveVersion = 2

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and dashes')
const label = z.string().trim().min(1, 'is empty').max(120)
const port = z.number().int().min(1).max(65535)
/** Hosts are data for a driver, never for a shell: nothing that looks like an option, holds blanks or control characters. */
export const hostName = z
  .string()
  .min(1, 'is empty')
  .max(253, 'is longer than 253 characters')
  .regex(/^[^-\s@/\\'"`$|;&<>()[\]{}][^\s@/\\'"`$|;&<>()[\]{}]*$/u, 'is not a host name or address')
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const noControls = /^[^\u0000-\u001f\u007f]*$/
const path = z.string().min(1).max(4096).regex(noControls, 'holds control characters')

export const sshAuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agent') }),
  z.strictObject({ kind: z.literal('key'), path, passphrase: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('password') }),
  /** As OpenSSH does it: agent and identity files, then the server's questions, then a password. */
  z.strictObject({ kind: z.literal('auto') })
])
/** What a hop has beyond the usual, each as OpenSSH's option of that name; left out: the usual. */
export const hopSettingsSchema = z.strictObject({
  identityFiles: z.array(path).max(100).optional(),
  identitiesOnly: z.boolean().optional(),
  /** A socket's path, `SSH_AUTH_SOCK` or `none`. */
  identityAgent: path.optional(),
  hostKeyAlias: hostName.optional(),
  userKnownHostsFiles: z.array(path).max(20).optional(),
  connectTimeoutS: z.number().int().min(1).max(3600).optional(),
  serverAliveIntervalS: z.number().int().min(0).max(86_400).optional(),
  serverAliveCountMax: z.number().int().min(1).max(1000).optional()
})
/** A hop typed out. */
export const hopSchema = z.strictObject({
  from: z.undefined().optional(),
  host: hostName,
  port: port.default(22),
  user: label.max(64),
  auth: sshAuthSchema,
  settings: hopSettingsSchema.optional()
})
/** A host of the person's own ssh config, looked up anew at each connect; what is set here goes before the config, as on a command line. */
export const configHopSchema = z.strictObject({
  from: z.literal('ssh-config'),
  alias: hostName,
  user: label.max(64).optional(),
  port: port.optional(),
  auth: sshAuthSchema.optional()
})
export const sshEntrySchema = z.discriminatedUnion('from', [hopSchema, configHopSchema])

export const tlsModes = ['disabled', 'preferred', 'required', 'verify-ca', 'verify-identity'] as const
export const databaseEndpointSchema = z.strictObject({
  /** Address as seen from the SSH host (via ssh) or from this computer (direct). */
  host: hostName,
  port: port.default(3306),
  via: z.enum(['ssh', 'direct']).default('ssh'),
  user: label.max(80),
  tls: z
    .strictObject({
      mode: z.enum(tlsModes).default('disabled'),
      caPath: path.optional(),
      serverName: hostName.optional(),
      /** PEM files of the client certificate and its key, both or none. */
      certPath: path.optional(),
      keyPath: path.optional()
    })
    .default({ mode: 'disabled' }),
  /** Unix socket where the server answers, on the SSH host or here; the app's own sessions then use it, the link between the servers still uses host and port. */
  socketPath: path.max(107, 'is longer than a socket path can be').regex(/^\//, 'is not an absolute path').optional()
})

export const redirectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('manual'), note: z.string().max(2000).default('') }),
  z.strictObject({
    kind: z.literal('file'),
    path,
    /** Exact texts; each must stand exactly once in the file. */
    edits: z
      .array(z.strictObject({ find: z.string().min(1).max(500), replace: z.string().min(1).max(500) }))
      .min(1)
      .max(20),
    reload: z.string().min(1).max(2000).regex(noControls)
  })
])

export const serverEntrySchema = z.strictObject({
  id,
  name: label,
  kind: z.enum(['database', 'web', 'other']),
  /** Chain of hops; the last is the host itself. Empty: not reached by SSH. Only the first one's own ProxyJump counts, as with `ssh -J`. */
  ssh: z.array(sshEntrySchema).max(8).default([]),
  /** `system`: the host is reached by the system’s own ssh, with this account’s ssh config; left out: by Siteswap’s. */
  transport: z.literal('system').optional(),
  database: databaseEndpointSchema.optional(),
  /** Addresses under which this host's connections appear in a database's process list. */
  addresses: z.array(hostName).max(20).default([]),
  redirect: redirectSchema.default({ kind: 'none' }),
  /** Tells it apart wherever it is named; left out: as its site is marked. */
  mark: markSchema.optional(),
  /** Only looked at: nothing that changes it is sent. */
  lookOnly: z.literal(true).optional(),
  note: z.string().max(2000).default('')
})

export const siteSchema = z.strictObject({
  name: label.max(40),
  mark: markSchema.optional(),
  servers: z.array(serverEntrySchema).max(500).default([])
})

export const bridgeSchema = z.strictObject({
  /** The ssh client runs on the new database host and signs in to the old one as `user`. */
  user: label.max(64),
  sshHost: hostName,
  sshPort: port.default(22),
  /** authorized_keys of `user` on the old database host. */
  authorizedKeysPath: path.default('~/.ssh/authorized_keys'),
  /** Folder on the new database host for key, known_hosts, unit and log. */
  directory: path.default('~/.siteswap'),
  /** On the new host: where the old database answers (`-L`). */
  oldAt: z
    .strictObject({ host: hostName.default('127.0.0.1'), port: port.default(13306) })
    .default({ host: '127.0.0.1', port: 13306 }),
  /** On the old host: where the new database answers (`-R`); an address the old web servers reach. */
  newAt: z
    .strictObject({ host: hostName.default('127.0.0.1'), port: port.default(13307) })
    .default({ host: '127.0.0.1', port: 13307 })
})

export const domainSchema = z.strictObject({
  name: hostName,
  type: z.enum(['A', 'AAAA', 'CNAME']).default('A'),
  oldValues: z.array(hostName).max(50),
  newValues: z.array(hostName).max(50),
  ttlSeconds: z.number().int().min(0).max(604800).default(60),
  authoritative: z
    .array(z.strictObject({ host: hostName, port: port.default(53) }))
    .max(20)
    .default([]),
  resolvers: z
    .array(z.strictObject({ name: label, host: hostName, port: port.default(53) }))
    .max(50)
    .default([]),
  update: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('manual') }),
      z.strictObject({
        kind: z.literal('rfc2136'),
        server: hostName,
        port: port.default(53),
        zone: hostName,
        keyName: label.optional(),
        algorithm: z.enum(['hmac-sha256', 'hmac-sha512']).default('hmac-sha256')
      })
    ])
    .default({ kind: 'manual' })
})

export const thresholdsSchema = z.strictObject({
  pauseBudgetMs: z.number().int().min(500).max(600_000).default(10_000),
  /** Share of the budget at which the hold lets go by itself. */
  letGoAt: z.number().min(0.1).max(1).default(0.7),
  leaseSeconds: z.number().int().min(2).max(30).default(3),
  lagLimitSeconds: z.number().min(0.1).max(600).default(2),
  longTransactionSeconds: z.number().int().min(1).max(3600).default(5),
  driftMaxAgeMinutes: z.number().int().min(1).max(10_080).default(60),
  readyMinutes: z.number().int().min(1).max(240).default(15)
})

/** Whole pixels: fractions would be noise in a file that is kept in git. */
const pixels = z.number().transform((value) => Math.round(value))

export const waiverSchema = z.strictObject({
  check: z.string().max(40),
  server: z.string().max(64).optional(),
  reason: z.string().trim().min(3).max(2000),
  by: label,
  at: z.number()
})

/** A difference of the topology that a person expects; it counts again when either of its values changes. */
export const acceptedSchema = z.strictObject({
  difference: z.string().min(1).max(700),
  seen: z.string().max(32),
  /** What it was, for people who read the file. */
  title: z.string().max(300),
  reason: z.string().trim().min(3).max(2000),
  by: label,
  at: z.number()
})

/** Snapshots of the topology by themselves while the app is open; 0 minutes: none. */
export const snapshotScheduleSchema = z.strictObject({
  everyMinutes: z.number().int().min(0).max(1440),
  keep: z.number().int().min(1).max(500)
})

export const moveSchema = z.strictObject({
  format: z.literal('siteswap.move'),
  version: z.literal(moveVersion),
  id,
  name: label,
  createdAt: z.number(),
  old: siteSchema,
  new: siteSchema,
  pairs: z
    .array(z.strictObject({ old: id, new: id }))
    .max(500)
    .default([]),
  bridge: bridgeSchema.optional(),
  domains: z.array(domainSchema).max(50).default([]),
  /** Schemas the shop uses; empty: all but the server's own and Siteswap's. */
  schemas: z.array(z.string().min(1).max(64)).max(1000).default([]),
  canary: z
    .strictObject({ perSecond: z.number().int().min(1).max(100).default(20), hosts: z.array(id).max(10).default([]) })
    .default({ perSecond: 20, hosts: [] }),
  thresholds: thresholdsSchema.default(() => thresholdsSchema.parse({})),
  waivers: z.array(waiverSchema).max(500).default([]),
  accepted: z.array(acceptedSchema).max(2000).optional(),
  snapshots: snapshotScheduleSchema.optional(),
  /** Left out: data is compared only by hand. */
  driftSchedule: driftScheduleSchema.optional(),
  /** Positions of nodes moved by hand. */
  layout: z.record(z.string().max(80), z.strictObject({ x: pixels, y: pixels })).default({})
})

export type Move = z.infer<typeof moveSchema>
export type Site = z.infer<typeof siteSchema>
export type ServerEntry = z.infer<typeof serverEntrySchema>
export type DatabaseEndpoint = z.infer<typeof databaseEndpointSchema>
export type Hop = z.infer<typeof hopSchema>
export type HopSettings = z.infer<typeof hopSettingsSchema>
export type ConfigHop = z.infer<typeof configHopSchema>
export type SshEntry = z.infer<typeof sshEntrySchema>
export type SshAuth = z.infer<typeof sshAuthSchema>
export type Redirect = z.infer<typeof redirectSchema>
export type Bridge = z.infer<typeof bridgeSchema>
export type Domain = z.infer<typeof domainSchema>
export type Thresholds = z.infer<typeof thresholdsSchema>
export type Waiver = z.infer<typeof waiverSchema>
export type SiteSide = 'old' | 'new'

/** The name a person knows a hop by: its host, or its alias in the ssh config. */
export const sshEntryName = (entry: SshEntry): string => (entry.from === 'ssh-config' ? entry.alias : entry.host)

/** A hop in one line: `root@10.0.0.1:22`, or `db1 (ssh config)`. */
export const sshEntryLabel = (entry: SshEntry): string =>
  entry.from === 'ssh-config'
    ? `${entry.user === undefined ? '' : `${entry.user}@`}${entry.alias}${entry.port === undefined ? '' : `:${entry.port}`} (ssh config)`
    : `${entry.user}@${entry.host}:${entry.port}`

/** The hops of a chain that are typed out. */
export const typedHops = (entries: readonly SshEntry[]): Hop[] => entries.filter((entry) => entry.from === undefined)

/** All servers of a move with the side they stand on. */
export const serversOf = (move: Move): { side: SiteSide; server: ServerEntry }[] => [
  ...move.old.servers.map((server) => ({ side: 'old' as const, server })),
  ...move.new.servers.map((server) => ({ side: 'new' as const, server }))
]

/** The server with this id, or undefined. */
export const serverOf = (move: Move, serverId: string): { side: SiteSide; server: ServerEntry } | undefined =>
  serversOf(move).find((entry) => entry.server.id === serverId)

/** The database pair a run works on: the first pair whose both ends are databases. */
export const databasePair = (move: Move): { old: ServerEntry; new: ServerEntry } | undefined => {
  for (const pair of move.pairs) {
    const oldServer = move.old.servers.find((server) => server.id === pair.old && server.kind === 'database')
    const newServer = move.new.servers.find((server) => server.id === pair.new && server.kind === 'database')
    if (oldServer && newServer) return { old: oldServer, new: newServer }
  }
  return undefined
}
