import type { DoctorState } from '../../../shared/doctor'
import { grantsDoctor, hopDoctor, runningDoctor, slowDoctor, tlsDoctor, unreachableDoctor } from '../fixtures/doctors'
import { openMoveIn } from '../fixtures/open-move'
import { savedSites } from '../fixtures/saved-sites'
import { sshConfigAnswers } from '../fixtures/ssh-config'
import type { GalleryPages, Hands, Scene } from '../scene'

const noKeychain = {
  keychain: { kind: 'absent', why: 'No secret service answers on this desktop (org.freedesktop.secrets).' }
} as const

const withDoctor = (serverId: string, doctor: DoctorState) => {
  const open = openMoveIn('checked')
  return { ...open, doctors: { ...open.doctors, [serverId]: doctor } }
}

const sites = (scene: Partial<Extract<Scene, { kind: 'move' }>>): Scene => ({
  kind: 'move',
  station: 'sites',
  open: openMoveIn('checked'),
  ...scene
})

const added = (after: (hands: Hands) => Promise<void>): Scene =>
  sites({
    open: openMoveIn('new'),
    command: 'add-new',
    sessions: 0,
    answers: { ...sshConfigAnswers, 'doctor.try': () => hopDoctor },
    after
  })

/** Frankfurt is production, one of its followers may only be looked at, and one server of Lisbon is not. */
const markedMove = () => {
  const open = openMoveIn('checked')
  const { move } = open
  const servers = move.new.servers.map((server) =>
    server.id === 'lis-db2'
      ? { ...server, mark: { label: 'staging', colour: 'olive' as const }, lookOnly: true as const }
      : server
  )
  const old = {
    ...move.old,
    mark: { label: 'production', colour: 'rose' as const },
    servers: move.old.servers.map((server) =>
      server.id === 'fra-db2' ? { ...server, lookOnly: true as const } : server
    )
  }
  return { ...open, move: { ...move, old, new: { ...move.new, servers } } }
}

/** A way to a host, typed. */
const typed = async (hands: Hands) => {
  await hands.press('Typed here')
  await hands.type('Name', 'lis-db2')
  await hands.type('Host', 'db2.lis.internal')
  await hands.type('User', 'deploy')
  await hands.type('Password', 'typed-in-the-gallery')
}

const shown = () => new Promise<void>((done) => setTimeout(done, 350))

/** The add form with a host of the ssh config typed by its name. */
const fromConfig = (alias: string, then?: (hands: Hands) => Promise<void>): Scene =>
  added(async (hands) => {
    await hands.press('ssh config')
    if (alias) {
      await hands.type('Host alias', alias)
      await shown()
    }
    await then?.(hands)
  })

/** The states of the Sites station. */
export const sitesPages: GalleryPages = {
  'sites-empty': () => sites({ open: openMoveIn('new'), sessions: 0 }),
  'sites-empty-saved': () =>
    sites({ open: openMoveIn('new'), sessions: 0, answers: { 'sites.list': () => savedSites } }),
  'sites-outdated': () => {
    const open = openMoveIn('checked')
    const known = open.doctors['fra-db1']
    const doctors = known?.kind === 'done' ? { ...open.doctors, 'fra-db1': { ...known, outdated: true as const } } : {}
    return sites({ open: { ...open, doctors }, command: 'inspect:fra-db1' })
  },
  'sites-client-key': () => {
    const open = openMoveIn('checked')
    const withKey = {
      ...open.move.old,
      servers: open.move.old.servers.map((server) =>
        server.id === 'fra-db1' && server.database
          ? {
              ...server,
              database: {
                ...server.database,
                host: '10.40.0.12',
                tls: { mode: 'verify-identity' as const, certPath: '~/me.pem', keyPath: '~/me.key' }
              }
            }
          : server
      )
    }
    return sites({
      open: { ...open, move: { ...open.move, old: withKey } },
      command: 'inspect:fra-db1',
      after: async (hands) => {
        await hands.type('Client key', '~/me.key')
        document.querySelector('[placeholder="~/client-key.pem"]')?.scrollIntoView({ block: 'center' })
      }
    })
  },
  'sites-described': () => sites({ open: openMoveIn('described'), sessions: 0 }),
  'sites-checked': () => sites({}),
  'sites-server': () => sites({ command: 'inspect:fra-db1' }),
  'sites-web': () => sites({ command: 'inspect:fra-web1' }),
  'sites-failed': () => sites({ open: withDoctor('lis-db2', tlsDoctor), command: 'inspect:lis-db2' }),
  'sites-unreachable': () => sites({ open: withDoctor('lis-web1', unreachableDoctor), command: 'inspect:lis-web1' }),
  'sites-doctor-details': () => sites({ command: 'inspect:fra-db1', after: (hands) => hands.press('All details') }),
  'sites-doctor-hop': () => sites({ open: withDoctor('lis-db2', hopDoctor), command: 'inspect:lis-db2' }),
  'sites-doctor-hop-details': () =>
    sites({
      open: withDoctor('lis-db2', hopDoctor),
      command: 'inspect:lis-db2',
      after: (hands) => hands.press('All details')
    }),
  'sites-doctor-slow': () => sites({ open: withDoctor('fra-db1', slowDoctor), command: 'inspect:fra-db1' }),
  'sites-grants': () => sites({ open: withDoctor('fra-db1', grantsDoctor), command: 'inspect:fra-db1' }),
  'sites-checking': () => {
    const open = openMoveIn('described')
    return sites({ open: { ...open, doctors: { 'lis-db1': runningDoctor } }, command: 'inspect:lis-db1' })
  },
  'sites-add': () => sites({ open: openMoveIn('new'), command: 'add-old', sessions: 0 }),
  'sites-add-bad': () =>
    sites({
      open: openMoveIn('new'),
      command: 'add-new',
      info: noKeychain,
      after: async (hands) => {
        await hands.type('Name', 'lis-db1')
        await hands.type('Host', 'gw lis')
        await hands.press('Password')
        await hands.type('SSH password', 'not-a-real-one')
        await hands.press('Add and check')
      }
    }),
  'sites-add-config': () => fromConfig('', (hands) => hands.type('Host alias', 'fra')),
  'sites-add-config-picked': () => fromConfig('lis-db1'),
  'sites-add-config-notes': () => fromConfig('lis-db1', (hands) => hands.press('Show')),
  'sites-add-config-differs': () => fromConfig('lis-db1', (hands) => hands.press('Set differently here')),
  'sites-add-config-copied': () => fromConfig('lis-db1', (hands) => hands.press('Copy the values instead')),
  'sites-add-config-system': () => fromConfig('vault'),
  'sites-add-config-by-system': () => fromConfig('vault', (hands) => hands.press('Let the system’s ssh connect')),
  'sites-add-config-bad': () => fromConfig('old-mill'),
  'sites-add-more': () =>
    added(async (hands) => {
      await hands.press('Typed here')
      await hands.press('More settings')
    }),
  'sites-add-tested': () =>
    added(async (hands) => {
      await typed(hands)
      await hands.press('Test')
    }),
  'sites-add-test-failed': () => ({
    ...added(async (hands) => {
      await typed(hands)
      await hands.press('Test')
      await hands.type('Host', 'db1.lis.internal')
    }),
    answers: { ...sshConfigAnswers, 'doctor.try': () => unreachableDoctor }
  }),
  'sites-marked': () => sites({ open: markedMove() }),
  'sites-marked-server': () => sites({ open: markedMove(), command: 'inspect:lis-db2' }),
  'sites-new-site-redirect': () => sites({ command: 'inspect:lis-web1', after: (hands) => hands.press('Config file') }),
  'sites-bridge': () => sites({ command: 'bridge' }),
  'sites-bridge-none': () => {
    const open = openMoveIn('new')
    return sites({ open, command: 'bridge' })
  },
  'sites-domains': () => sites({ command: 'domains', after: (hands) => hands.press('shop.example.comA') }),
  'sites-domains-none': () => sites({ open: openMoveIn('new'), command: 'domains' }),
  'sites-limits': () => sites({ command: 'limits' })
}
