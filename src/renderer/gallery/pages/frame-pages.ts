import { type DocumentState, freshDocument } from '../../../shared/document'
import { outsideEdits, versions } from '../fixtures/documents'
import { openMoveIn } from '../fixtures/open-move'
import { savedSites } from '../fixtures/saved-sites'
import type { GalleryPages } from '../scene'

const withDocument = (document: Partial<DocumentState>) => ({
  ...openMoveIn('described'),
  document: { ...freshDocument, ...document }
})

/** The frame of a move in its phases. */
export const framePages: GalleryPages = {
  'frame-host-key': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    hostKey: {
      id: 'q1',
      host: 'lis-db2.lis.internal',
      port: 22,
      through: ['gw.lis.example.com'],
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEs',
      lookedUpIn: ['~/.ssh/known_hosts', '/etc/ssh/ssh_known_hosts']
    }
  }),
  'frame-host-key-other-type': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    hostKey: {
      id: 'q2',
      host: '10.40.0.12',
      port: 2222,
      through: [],
      keyType: 'ecdsa-sha2-nistp256',
      fingerprint: 'SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEs',
      lookedUpIn: ['~/.ssh/known_hosts', '/etc/ssh/ssh_known_hosts'],
      knownAs: 'lis-db2',
      otherTypes: ['ssh-ed25519', 'ssh-rsa']
    }
  }),
  'frame-sign-in-code': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    signIn: {
      id: 's1',
      host: 'deploy@lis-db2.lis.internal:22',
      through: ['gw.lis.example.com'],
      name: '',
      instructions: 'Lisbon operations.\nA code was sent to your phone ending in 42.',
      prompts: [
        { text: 'Password: ', echo: false },
        { text: 'Verification code: ', echo: true }
      ],
      round: 1,
      again: false
    }
  }),
  'frame-sign-in-again': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    signIn: {
      id: 's2',
      host: 'deploy@gw.lis.example.com:22',
      through: [],
      name: 'PAM \u202eecnatsissa\u001b[31m',
      instructions: '',
      prompts: [{ text: 'Password for root on bastion2: ', echo: false }],
      round: 2,
      again: true
    }
  }),
  'frame-sign-in-password': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    signIn: {
      id: 's3',
      host: 'deploy@lis-web1.lis.internal:22',
      through: ['gw.lis.example.com'],
      name: '',
      instructions: '',
      prompts: [{ text: 'Password of deploy', echo: false }],
      round: 1,
      again: false,
      own: true
    }
  }),
  'frame-menu': () => ({
    kind: 'move',
    station: 'sites',
    open: withDocument({ undo: 'lis-db2 · database.user: siteswap → dba' }),
    after: (hands) => hands.press('shop.example.com')
  }),
  'frame-save-site': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    answers: { 'sites.list': () => [] },
    after: async (hands) => {
      await hands.press('shop.example.com')
      await hands.press('Save a site…')
    }
  }),
  'frame-update-site': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    answers: {
      'sites.list': () => savedSites.map((site) => (site.name === 'Lisbon' ? { ...site, name: 'Frankfurt' } : site)),
      'sites.changes': () => ({ changes: versions[0]?.changes ?? [] })
    },
    after: async (hands) => {
      await hands.press('shop.example.com')
      await hands.press('Save a site…')
    }
  }),
  'frame-use-site': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    answers: {
      'sites.list': () => savedSites,
      'sites.preview': () => ({ changes: versions[0]?.changes ?? [], brings: 3, forgets: 2 })
    },
    after: async (hands) => {
      await hands.press('shop.example.com')
      await hands.press('Use a saved site…')
      await hands.press('Replace all')
    }
  }),
  'frame-use-site-none': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    answers: { 'sites.list': () => savedSites.filter((site) => site.review !== null) },
    after: async (hands) => {
      await hands.press('shop.example.com')
      await hands.press('Use a saved site…')
    }
  }),
  'frame-outside-taken': () => ({
    kind: 'move',
    station: 'sites',
    open: withDocument({ outside: outsideEdits.taken, undo: '4 changes of lis-db2, limits …' })
  }),
  'frame-outside-unsaved': () => ({
    kind: 'move',
    station: 'sites',
    open: withDocument({ outside: outsideEdits.unsaved }),
    after: (hands) => hands.press('Compare and decide')
  }),
  'frame-outside-new-ways': () => ({
    kind: 'move',
    station: 'topology',
    open: withDocument({ outside: outsideEdits.newWays }),
    after: (hands) => hands.press('Compare and decide')
  }),
  'frame-outside-unreadable': () => ({
    kind: 'move',
    station: 'preflight',
    open: withDocument({ outside: outsideEdits.unreadable })
  }),
  'frame-outside-gone': () => ({
    kind: 'move',
    station: 'sites',
    open: withDocument({ outside: outsideEdits.gone })
  })
}
