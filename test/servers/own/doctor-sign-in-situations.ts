import { join } from 'node:path'
import type { Ground, Situation } from './doctor-ground'
import { at, webEntry } from './doctor-way-situations'

const withKey =
  (path: (ground: Ground) => string, passphrase = false) =>
  (ground: Ground) =>
    webEntry(ground.hop(ground.ports.plain, { auth: ground.byKey(path(ground), passphrase) }))
const as = (account: keyof Ground['accounts']) => (ground: Ground) =>
  webEntry(ground.hop(ground.ports.plain, { user: ground.accounts[account] }))

/** Signing in to the SSH server. */
export const signInSituations: Situation[] = [
  {
    given: 'a key the account does not have',
    entry: withKey((ground) => ground.key('stranger')),
    layer: 'ssh-auth',
    hop: 0,
    says: /does not accept this key.*It takes: publickey/,
    tries: /authorized_keys.*user name.*SSH log/
  },
  {
    given: 'an account that is not there',
    entry: (ground) => webEntry(ground.hop(ground.ports.plain, { user: 'nobody-here' })),
    layer: 'ssh-auth',
    hop: 0,
    says: /does not accept this key for nobody-here/,
    tries: /Check the user name/
  },
  {
    given: 'a key file that is not there',
    entry: withKey(() => '/nowhere/key'),
    layer: 'ssh-auth',
    hop: 0,
    says: /no key file \/nowhere\/key/,
    tries: /Choose the file/
  },
  {
    given: 'a folder in the place of a key file',
    entry: withKey((ground) => join(ground.dir, 'folder')),
    layer: 'ssh-auth',
    hop: 0,
    says: /is a folder, not a key file/,
    tries: /private key/
  },
  {
    given: 'the public key in the place of the private one',
    entry: withKey((ground) => `${ground.key('good')}.pub`),
    layer: 'ssh-auth',
    hop: 0,
    says: /It is a public key/,
    tries: /without \.pub/
  },
  {
    given: 'a damaged key file',
    entry: withKey((ground) => ground.file('damaged', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n')),
    layer: 'ssh-auth',
    hop: 0,
    says: /damaged cannot be used/,
    tries: /OpenSSH Ed25519 or RSA key/
  },
  {
    given: 'a locked key and no passphrase',
    entry: withKey((ground) => ground.key('locked')),
    layer: 'ssh-auth',
    hop: 0,
    says: /is encrypted and no passphrase is known/,
    tries: /passphrase/
  },
  {
    given: 'a wrong passphrase',
    entry: withKey((ground) => ground.key('locked'), true),
    secrets: { 'ssh/it/0/passphrase': 'wrong sesame' },
    layer: 'ssh-auth',
    hop: 0,
    says: /passphrase does not open the key/,
    tries: /Enter the passphrase again/
  },
  {
    given: 'no agent',
    entry: (ground) => webEntry(ground.hop(ground.ports.plain, { auth: { kind: 'agent' } })),
    agent: (ground) => join(ground.dir, 'no-agent'),
    layer: 'ssh-auth',
    hop: 0,
    says: /agent cannot be reached.*There is no agent at/,
    tries: /ssh-add/
  },
  {
    given: 'an agent without the right key',
    entry: (ground) => webEntry(ground.hop(ground.ports.plain, { auth: { kind: 'agent' } })),
    agent: (ground) => ground.agent.socket,
    layer: 'ssh-auth',
    hop: 0,
    says: /accepted none of the SSH agent’s keys/,
    tries: /ssh-add -l/
  },
  {
    given: 'an agent with more keys than the server is willing to try',
    entry: (ground) => webEntry(ground.hop(ground.ports.fewTries, { auth: { kind: 'agent' } })),
    agent: (ground) => ground.fullAgent.socket,
    layer: 'ssh-auth',
    hop: 0,
    says: /hung up after too many attempts.*the agent’s key/,
    tries: /IdentitiesOnly/
  },
  {
    given: 'a password for a server that takes keys only',
    entry: (ground) => webEntry(ground.hop(ground.ports.plain, { auth: { kind: 'password' } })),
    secrets: { 'ssh/it/0/password': 'a-password' },
    layer: 'ssh-auth',
    hop: 0,
    says: /does not take passwords.*It takes: publickey/,
    tries: /Use a key or the agent/
  },
  {
    given: 'a wrong SSH password',
    entry: (ground) =>
      webEntry(ground.hop(ground.ports.passwords, { user: 'nobody-here', auth: { kind: 'password' } })),
    secrets: { 'ssh/it/0/password': 'battery staple' },
    layer: 'ssh-auth',
    hop: 0,
    says: /does not accept this password/,
    tries: /Enter the password again/
  },
  {
    given: 'no SSH password',
    entry: (ground) => webEntry(ground.hop(ground.ports.passwords, { auth: { kind: 'password' } })),
    layer: 'ssh-auth',
    hop: 0,
    says: /No SSH password is known/,
    tries: /server’s form/
  },
  {
    given: 'a server that wants a key and a password',
    entry: at((ground) => ground.ports.twoProofs),
    layer: 'ssh-auth',
    hop: 0,
    says: /accepted one proof of identity.*wants another/,
    tries: /as OpenSSH does it/
  },
  {
    given: 'an account left out by DenyUsers',
    entry: at((ground) => ground.ports.leftOut),
    layer: 'ssh-auth',
    hop: 0,
    says: /does not accept this key/,
    tries: /AllowUsers/
  },
  ...(['expired', 'locked'] as const).map(
    (account): Situation => ({
      given: `an account that is ${account}`,
      entry: as(account),
      layer: 'ssh-auth',
      hop: 0,
      says: /does not accept this key/,
      tries: /may be expired, locked/
    })
  ),
  {
    given: 'an account with nologin for a shell',
    entry: as('nologin'),
    layer: 'command',
    says: /runs no command.*ended with code 1.*currently not available/,
    tries: /chsh/
  },
  {
    given: 'an account with another command forced',
    entry: at((ground) => ground.ports.forced),
    layer: 'command',
    says: /runs no command.*ended with code 3.*no shell for you/,
    tries: /ForceCommand/
  },
  {
    given: 'a server that opens no session',
    entry: at((ground) => ground.ports.noSession),
    layer: 'command',
    says: /runs no command/,
    tries: /chsh/
  }
]
