import { join } from 'node:path'
import type { ServerEntry, SshEntry } from '../../../src/shared/move'
import type { Gate, Ground, Situation } from './doctor-ground'
import { webEntry } from './doctor-way-situations'
import { databaseEntry } from './two-hops'

type Place = Parameters<typeof databaseEntry>[2]

/** The database entry of a situation: through the gate unless said otherwise. */
export const behind = (ground: Ground, place: Place, gate: Gate = 'plain'): ServerEntry =>
  databaseEntry('it', [ground.hop(ground.ports[gate])], place)
const behindKey = (ground: Ground, name: 'narrow', place: Place): ServerEntry =>
  databaseEntry('it', [ground.hop(ground.ports.plain, { auth: ground.byKey(ground.key(name)) })], place)
const second = (ground: Ground, hop: SshEntry, gate: Gate = 'plain'): ServerEntry =>
  webEntry(ground.hop(ground.ports[gate]), hop)

/** At the second hop. */
export const hopSituations: Situation[] = [
  {
    given: 'a second hop where nothing listens',
    entry: (ground) => second(ground, ground.hop(2)),
    layer: 'tcp',
    hop: 1,
    says: /Seen from .*, nothing answers at 127\.0\.0\.1:2/,
    tries: /as they are seen from that host/
  },
  {
    given: 'a first hop that forwards nothing',
    entry: (ground) => second(ground, ground.hop(ground.host.port), 'noForward'),
    layer: 'tcp',
    hop: 1,
    says: /does not allow forwarding to 127\.0\.0\.1:/,
    tries: /AllowTcpForwarding yes/
  },
  {
    given: 'a second hop by a name the first one does not know',
    entry: (ground) => second(ground, ground.hop(22, { host: 'inner.invalid' })),
    layer: 'tcp',
    hop: 1,
    says: /does not know the name in inner\.invalid:22/,
    tries: /getent hosts inner\.invalid/
  },
  {
    given: 'a second hop that is a database',
    entry: (ground) => second(ground, ground.hop(ground.mariadb.port)),
    layer: 'ssh',
    hop: 1,
    says: /A database \(.*MariaDB.*\) answers at/,
    tries: /usually on 22/
  },
  {
    given: 'a second hop with another host key',
    entry: (ground) => second(ground, ground.hop(ground.host.port)),
    known: (ground) => {
      const { hostKeyLine, ports, strange, host } = ground
      // What the gate shows is right; what stands for the host is another server's key.
      const gate = hostKeyLine(ports.plain, ground.gateHostKey)
      const wrong = hostKeyLine(host.port, strange.oldKex.hostKey('ed25519'))
      return { read: [], write: ground.file('known_second', gate + wrong) }
    },
    layer: 'host-key',
    hop: 1,
    says: /has changed/,
    tries: /Ask who runs the host/
  },
  {
    given: 'a second hop that refuses the key',
    entry: (ground) => second(ground, ground.hop(ground.host.port, { auth: ground.byKey(ground.key('stranger')) })),
    layer: 'ssh-auth',
    hop: 1,
    says: /does not accept this key/,
    tries: /authorized_keys/
  },
  {
    given: 'a second hop that says nothing',
    entry: (ground) => second(ground, ground.hop(ground.odd.mute)),
    layer: 'ssh',
    hop: 1,
    deadlineMs: 8_000,
    says: /took longer than 8 s/,
    tries: /SSH server answers there/
  }
]

/** At the channel to the database. */
export const forwardSituations: Situation[] = [
  {
    given: 'a host that forwards nothing',
    entry: (ground) => behind(ground, { port: ground.mysql.port }, 'noForward'),
    layer: 'forward',
    says: /does not allow forwarding to 127\.0\.0\.1:/,
    tries: /AllowTcpForwarding yes/
  },
  {
    given: 'a host that forwards elsewhere only',
    entry: (ground) => behind(ground, { port: ground.mysql.port }, 'elsewhere'),
    layer: 'forward',
    says: /does not allow forwarding/,
    tries: /PermitOpen/
  },
  {
    given: 'a key that may open another address only',
    entry: (ground) => behindKey(ground, 'narrow', { port: ground.mysql.port }),
    layer: 'forward',
    says: /does not allow forwarding/,
    tries: /authorized_keys.*permitopen/
  },
  {
    given: 'a database that is down behind its host',
    entry: (ground) => behind(ground, { port: 1 }),
    layer: 'forward',
    says: /Seen from .*, nothing answers at 127\.0\.0\.1:1/,
    tries: /service runs and listens there/
  },
  {
    given: 'a database that listens on another address',
    entry: (ground) => behind(ground, { host: '127.0.0.2', port: ground.mysql.port }),
    layer: 'forward',
    says: /nothing answers at 127\.0\.0\.2:/,
    tries: /as they are seen from that host/
  },
  {
    given: 'a database by a name the host does not know',
    entry: (ground) => behind(ground, { host: 'db.invalid', port: 3306 }),
    layer: 'forward',
    says: /does not know the name in db\.invalid:3306/,
    tries: /getent hosts db\.invalid/
  },
  {
    given: 'a unix socket that is not there',
    entry: (ground) => behind(ground, { port: 3306, socketPath: '/nowhere/mysql.sock' }),
    layer: 'forward',
    says: /\/nowhere\/mysql\.sock/,
    tries: /socket/
  },
  {
    given: 'a host that forwards no sockets',
    entry: (ground) => behind(ground, { port: 3306, socketPath: ground.mysql.socket }, 'noForward'),
    layer: 'forward',
    says: /mysqld?.*sock|\.sock/,
    tries: /AllowStreamLocalForwarding/
  },
  {
    given: 'a direct database by a name that does not resolve',
    entry: () => databaseEntry('it', [], { via: 'direct', host: 'no-such-db.invalid', port: 3306 }),
    layer: 'name',
    says: /no-such-db\.invalid does not resolve/,
    tries: /spelling/
  },
  {
    given: 'a direct database that is down',
    entry: () => databaseEntry('it', [], { via: 'direct', port: 1 }),
    layer: 'tcp',
    says: /Nothing answers at 127\.0\.0\.1:1/,
    tries: /listens on this address/
  },
  {
    given: 'a direct database behind a firewall',
    entry: (ground) => databaseEntry('it', [], { via: 'direct', port: ground.odd.deaf }),
    layer: 'tcp',
    deadlineMs: 8_000,
    says: /did not answer within 8 s/,
    tries: /firewall/
  },
  {
    given: 'a socket of this computer that is not there',
    entry: (ground) => databaseEntry('it', [], { via: 'direct', port: 3306, socketPath: join(ground.dir, 'no.sock') }),
    layer: 'tcp',
    says: /There is no socket at/,
    tries: /server runs/
  },
  {
    given: 'a socket of this computer that nobody serves any more',
    entry: (ground) => databaseEntry('it', [], { via: 'direct', port: 3306, socketPath: ground.key('good') }),
    layer: 'tcp',
    says: /Nobody listens at the socket/,
    tries: /Start the server/
  }
]
