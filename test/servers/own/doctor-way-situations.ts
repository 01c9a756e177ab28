import { join } from 'node:path'
import { type ServerEntry, type SshEntry, serverEntrySchema } from '../../../src/shared/move'
import { type Ground, loiter, type Situation } from './doctor-ground'

/** A server of the move that is reached by SSH and holds no database. */
export const webEntry = (...ssh: SshEntry[]): ServerEntry =>
  serverEntrySchema.parse({ id: 'it', name: 'it', kind: 'web', ssh })

/** By the good key to a port. */
export const at = (port: (ground: Ground) => number) => (ground: Ground) => webEntry(ground.hop(port(ground)))
/** On the way to the SSH server itself. */
export const waySituations: Situation[] = [
  {
    given: 'a server with nothing to connect to',
    entry: () => serverEntrySchema.parse({ id: 'it', name: 'it', kind: 'other' }),
    layer: 'name',
    says: /neither an SSH host nor a database/,
    tries: /Enter at least one/
  },
  {
    given: 'a host name that does not resolve',
    entry: (ground) => webEntry(ground.hop(22, { host: 'no-such-host.invalid' })),
    layer: 'name',
    hop: 0,
    says: /no-such-host\.invalid does not resolve/,
    tries: /spelling.*DNS or VPN/
  },
  {
    given: 'an SSH port where nothing listens',
    entry: at(() => 2),
    layer: 'tcp',
    hop: 0,
    says: /Nothing answers at 127\.0\.0\.1:2: the connection was refused/,
    tries: /Check the port/
  },
  {
    given: 'an SSH port whose packets are dropped',
    entry: at((ground) => ground.odd.deaf),
    layer: 'tcp',
    hop: 0,
    deadlineMs: 8_000,
    says: /did not answer within 8 s/,
    tries: /firewall that drops packets/
  },
  {
    given: 'a port that takes connections and says nothing',
    entry: at((ground) => ground.odd.mute),
    layer: 'ssh',
    hop: 0,
    deadlineMs: 8_000,
    says: /took longer than 8 s/,
    tries: /Check that an SSH server answers there/
  },
  {
    given: 'a port that hangs up at once',
    entry: at((ground) => ground.odd.curt),
    layer: 'ssh',
    hop: 0,
    says: /hung up before it said anything/,
    tries: /balancer whose SSH server is down.*fail2ban/
  },
  {
    given: 'a port that resets the connection',
    entry: at((ground) => ground.odd.reset),
    layer: 'ssh',
    hop: 0,
    says: /hung up before it said anything/,
    tries: /refuse this address/
  },
  {
    given: 'a web server on the SSH port',
    entry: at((ground) => ground.odd.web),
    layer: 'ssh',
    hop: 0,
    says: /A web server answers at .*, not an SSH server/,
    tries: /usually on 22/
  },
  {
    given: 'a database on the SSH port',
    entry: at((ground) => ground.mysql.port),
    layer: 'ssh',
    hop: 0,
    says: /A database \(9\.7\.\S+\) answers at .*, not an SSH server/,
    tries: /choose “directly”/
  },
  {
    given: 'a mail server on the SSH port',
    entry: at((ground) => ground.odd.mail),
    layer: 'ssh',
    hop: 0,
    deadlineMs: 8_000,
    says: /does not speak SSH/,
    tries: /is it the SSH port/
  },
  {
    given: 'an SSH server whose MaxStartups is used up',
    entry: at((ground) => ground.strange.crowded.port),
    during: async (ground) => {
      const socket = await loiter(ground.strange.crowded.port)
      return () => void socket.destroy()
    },
    layer: 'ssh',
    hop: 0,
    says: /too many sign-ins going on at once/,
    tries: /Wait a moment.*MaxStartups/
  },
  ...(
    [
      ['oldKex', 'old ways to exchange keys', /KexAlgorithms/],
      ['oldHostKey', 'host keys signed with SHA-1', /HostKeyAlgorithms/],
      ['oldCipher', 'CBC ciphers', /Ciphers/],
      ['oldMac', 'SHA-1 checksums', /MACs/]
    ] as const
  ).map(
    ([name, words, says]): Situation => ({
      given: `an SSH server with nothing but ${words}`,
      entry: at((ground) => ground.strange[name].port),
      layer: 'ssh',
      hop: 0,
      says,
      tries: /Update the SSH server/
    })
  ),
  {
    given: 'a host key that nobody has seen',
    entry: at((ground) => ground.ports.plain),
    known: (ground) => ({ read: [], write: ground.file('known_none', '') }),
    layer: 'host-key',
    hop: 0,
    says: /is not known yet.*It showed ssh-ed25519 SHA256:/,
    tries: /Compare this fingerprint/
  },
  {
    given: 'a host key that has changed',
    entry: at((ground) => ground.ports.plain),
    known: (ground) => {
      const line = ground.hostKeyLine(ground.ports.plain, ground.host.hostKey('ed25519'))
      return { read: [], write: ground.file('known_changed', line) }
    },
    layer: 'host-key',
    hop: 0,
    says: /has changed.*known_changed:1/,
    tries: /Ask who runs the host/
  },
  {
    given: 'a host key that is revoked',
    entry: (ground) => webEntry(ground.hop(ground.host.port)),
    known: (ground) => {
      const line = `@revoked * ${ground.host.hostKey('ed25519')}\n`
      return { read: [], write: ground.file('known_revoked', line) }
    },
    layer: 'host-key',
    hop: 0,
    says: /marked as revoked/,
    tries: /Do not connect/
  },
  {
    given: 'a host that only a certificate authority vouches for',
    entry: (ground) => webEntry(ground.hop(ground.host.port)),
    known: (ground) => {
      const line = `@cert-authority * ${ground.host.hostKey('ed25519')}\n`
      return { read: [], write: ground.file('known_authority', line) }
    },
    layer: 'host-key',
    hop: 0,
    says: /known by a certificate/,
    tries: /system’s own ssh/
  },
  {
    given: 'a known_hosts file that is a folder',
    entry: at((ground) => ground.ports.plain),
    known: (ground) => ({ read: [], write: join(ground.dir, 'folder') }),
    layer: 'host-key',
    hop: 0,
    says: /known_hosts file cannot be used.*not a regular file/,
    tries: /Move it away/
  }
]
