import { grantsDoctor, runningDoctor, tlsDoctor, unreachableDoctor } from '../fixtures/doctors'
import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages, Scene } from '../scene'

const noKeychain = {
  keychain: { kind: 'absent', why: 'No secret service answers on this desktop (org.freedesktop.secrets).' }
} as const

const failing = () => {
  const open = openMoveIn('checked')
  return { ...open, doctors: { ...open.doctors, 'lis-db2': tlsDoctor } }
}

const sites = (scene: Partial<Extract<Scene, { kind: 'move' }>>): Scene => ({
  kind: 'move',
  station: 'sites',
  open: openMoveIn('checked'),
  ...scene
})

/** The states of the Sites station. */
export const sitesPages: GalleryPages = {
  'sites-empty': () => sites({ open: openMoveIn('new'), sessions: 0 }),
  'sites-described': () => sites({ open: openMoveIn('described'), sessions: 0 }),
  'sites-checked': () => sites({}),
  'sites-server': () => sites({ command: 'inspect:fra-db1' }),
  'sites-web': () => sites({ command: 'inspect:fra-web1' }),
  'sites-failed': () => sites({ open: failing(), command: 'inspect:lis-db2' }),
  'sites-unreachable': () => {
    const open = openMoveIn('checked')
    return sites({
      open: { ...open, doctors: { ...open.doctors, 'lis-web1': unreachableDoctor } },
      command: 'inspect:lis-web1'
    })
  },
  'sites-grants': () => {
    const open = openMoveIn('checked')
    return sites({
      open: { ...open, doctors: { ...open.doctors, 'fra-db1': grantsDoctor } },
      command: 'inspect:fra-db1'
    })
  },
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
  'sites-bridge': () => sites({ command: 'bridge' }),
  'sites-bridge-none': () => {
    const open = openMoveIn('new')
    return sites({ open, command: 'bridge' })
  },
  'sites-domains': () => sites({ command: 'domains', after: (hands) => hands.press('shop.example.comA') }),
  'sites-domains-none': () => sites({ open: openMoveIn('new'), command: 'domains' }),
  'sites-limits': () => sites({ command: 'limits' })
}
