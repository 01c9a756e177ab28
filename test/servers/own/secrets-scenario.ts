import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forkKeyringInNode } from '../../../src/main/store/fork-keyring'
import { makeSecrets } from '../../../src/main/store/secrets'
import { type Failure, failureOf } from '../../../src/shared/failure'

/** Runs inside a private session bus (or without one) and prints what it saw as JSON; started by secrets.test.ts. */
const root = process.cwd()
const fork = forkKeyringInNode(join(root, 'src/main/store/keyring-worker.ts'), ['--import', 'tsx'])
const dir = mkdtempSync(join(tmpdir(), 'siteswap-secrets-'))
// The worker is compiled on the fly here; in the app it starts in a few milliseconds.
const open = () =>
  makeSecrets({
    dir,
    fork,
    environment: { SITESWAP_SECRET_DB_NEW_DB1: 'from-environment' },
    deadlineMs: 8_000,
    patienceMs: 8_000
  })

const attempt = async <T>(
  work: Promise<T>
): Promise<T | { failure: Pick<Failure, 'kind' | 'what' | 'code' | 'try'> }> => {
  try {
    return await work
  } catch (error) {
    const { kind, what, code, try: tries } = failureOf(error)
    return { failure: { kind, what, code, try: tries } }
  }
}

const lock = () =>
  execFileSync('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/collection/login'
  ])

const present = async () => {
  const first = open()
  const seen: Record<string, unknown> = { keychain: await first.keychain() }
  seen.set = await first.set('m1', 'db/old-db1', 'kéychain-välue', 'keychain')
  seen.session = await first.set('m1', 'db/old-db2', 'session-value', 'session')
  first.close()
  const second = open()
  seen.reopened = await second.get('m1', 'db/old-db1')
  seen.sessionGone = await second.state('m1', 'db/old-db2')
  seen.state = await second.state('m1', 'db/old-db1')
  seen.never = [await second.state('m1', 'db/other'), await second.get('m1', 'db/other')]
  seen.environment = [await second.state('m1', 'db/new-db1'), await second.get('m1', 'db/new-db1')]
  seen.names = readFileSync(join(dir, 'secret-names.json'), 'utf8')
  seen.missed = await second.copy('m1', 'm2')
  seen.copied = await second.get('m2', 'db/old-db1')
  await second.set('m1', 'ssh/web/1/password', 'of the host', 'keychain')
  // By somebody else, past this app: the keychain stays open.
  execFileSync('node', [
    '--import',
    'tsx',
    '-e',
    `require('keytar').deletePassword('Siteswap', 'm1/ssh/web/1/password')`
  ])
  seen.takenAway = [
    await second.state('m1', 'ssh/web/1/password'),
    await attempt(second.get('m1', 'ssh/web/1/password'))
  ]
  await second.set('m1', 'ssh/web/1/password', 'of the host', 'keychain')
  await second.set('m1', 'ssh/web/0/password', 'of the jump', 'keychain')
  const exchanged: Record<string, string> = {
    'ssh/web/0/password': 'ssh/web/1/password',
    'ssh/web/1/password': 'ssh/web/0/password'
  }
  await second.follow('m1', (ref) => exchanged[ref] ?? ref)
  seen.exchanged = [await second.get('m1', 'ssh/web/0/password'), await second.get('m1', 'ssh/web/1/password')]
  await second.remove('m1')
  seen.refsAfter = await second.refs('m1')
  seen.removed = await second.state('m1', 'db/old-db1')
  seen.stillCopied = await second.get('m2', 'db/old-db1')
  lock()
  seen.locked = {
    keychain: await second.keychain(),
    state: await second.state('m2', 'db/old-db1'),
    get: await attempt(second.get('m2', 'db/old-db1')),
    set: await attempt(second.set('m2', 'db/x', 'value', 'keychain')),
    afterwards: await second.state('m2', 'db/x'),
    session: await second.set('m2', 'db/x', 'value', 'session'),
    // A server is renamed while the keychain is locked: its password is under the new name when it opens again.
    renamed: await second.follow('m2', (ref) => (ref === 'db/old-db1' ? 'db/renamed' : ref))
  }
  seen.namesAfter = readFileSync(join(dir, 'secret-names.json'), 'utf8')
  second.close()
  return seen
}

const absent = async () => {
  const store = open()
  const seen = {
    keychain: await store.keychain(),
    set: await attempt(store.set('m1', 'db/old-db1', 'value', 'keychain')),
    state: await store.state('m1', 'db/old-db1'),
    session: await store.set('m1', 'db/old-db1', 'value', 'session'),
    get: await store.get('m1', 'db/old-db1'),
    environment: await store.get('m1', 'db/new-db1'),
    keychainAfterwards: await store.keychain()
  }
  store.close()
  return seen
}

const main = async () => {
  const seen = await (process.argv[2] === 'present' ? present() : absent())
  rmSync(dir, { recursive: true, force: true })
  process.stdout.write(`${JSON.stringify(seen)}\n`)
}
void main()
