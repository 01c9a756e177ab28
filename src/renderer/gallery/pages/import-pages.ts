import type { ImportEntry, ImportList } from '../../../shared/import'
import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages, Hands, Scene } from '../scene'

const entry = (over: Partial<ImportEntry>): ImportEntry => ({
  id: `${over.source}-${over.name}`,
  source: 'option-file',
  name: '[client]',
  path: '/home/mira/.my.cnf',
  host: '127.0.0.1',
  port: 3306,
  socketPath: null,
  user: 'root',
  tls: { mode: 'preferred', caPath: null, certPath: null, keyPath: null },
  ssh: [],
  password: 'none',
  leftOut: [],
  ...over
})

const list: ImportList = {
  entries: [
    entry({ socketPath: '/run/mysqld/mysqld.sock' }),
    entry({
      name: '[client_old]',
      host: 'db1.fra.example.net',
      user: 'shop',
      password: 'stored',
      leftOut: ['protocol']
    }),
    entry({
      source: 'login-path',
      name: 'fra-reports',
      host: 'db2.fra.example.net',
      user: 'reports',
      password: 'stored'
    }),
    entry({
      source: 'dbeaver',
      name: 'Shop production',
      host: '10.40.0.11',
      user: null,
      password: 'sealed',
      tls: { mode: 'verify-ca', caPath: '/home/mira/ca/shop.pem', certPath: null, keyPath: null },
      ssh: [{ host: 'bastion.fra.example.net', port: 22, user: 'mira', keyPath: '/home/mira/.ssh/id_ed25519' }]
    }),
    entry({ source: 'workbench', name: 'Lisbon, new', host: 'db1.lis.example.net', user: 'dba' })
  ],
  places: [
    { source: 'option-file', path: '/home/mira/.my.cnf', kind: 'read', found: 2 },
    { source: 'login-path', path: '/home/mira/.mylogin.cnf', kind: 'read', found: 1 }
  ]
}

const importing = (found: ImportList, after: (hands: Hands) => Promise<void>): Scene => ({
  kind: 'move',
  station: 'sites',
  open: openMoveIn('new'),
  command: 'add-new',
  sessions: 0,
  answers: { 'import.list': () => found, 'import.user': () => ({ user: 'shop' }) },
  after: async (hands) => {
    await hands.press('From another program…')
    await after(hands)
  }
})

const done = async () => undefined

/** The states of taking a connection from another program. */
export const importPages: GalleryPages = {
  'import-list': () => importing(list, (hands) => hands.press('DBeaver')),
  'import-password': () => importing(list, (hands) => hands.press('my.cnf[client_old]')),
  'import-empty': () => importing({ entries: [], places: [] }, done),
  'import-broken': () =>
    importing(
      {
        entries: [],
        places: [
          {
            source: 'login-path',
            path: '/home/mira/.mylogin.cnf',
            kind: 'failed',
            failure: {
              kind: 'invalid',
              what: '/home/mira/.mylogin.cnf is not a login path file.',
              why: 'It is cut short or of another version.',
              try: []
            }
          }
        ]
      },
      done
    ),
  'import-socket': () =>
    importing(list, async (hands) => {
      await hands.press('my.cnf[client]')
      await hands.press('Fill in the form')
      document.querySelector('[aria-label="What the database answers at"]')?.scrollIntoView({ block: 'start' })
    }),
  'import-filled': () =>
    importing(list, async (hands) => {
      await hands.press('DBeaver')
      await hands.press('Open DBeaver’s file')
      await hands.press('Fill in the form')
    })
}
