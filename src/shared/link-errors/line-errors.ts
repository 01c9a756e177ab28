import { changed, type Explain, type LinkNames, type LinkTry, startAgain } from './link-error'
import { changeLink, flavourOf } from './server-words'

const bridgeTries: LinkTry[] = [
  {
    title: 'Look at the bridge, and restart it',
    why: 'It is a tunnel: no data is lost by restarting it.',
    go: 'bridge'
  },
  { title: 'Test each layer', why: 'The connection doctor says which one does not answer.', go: 'sites' }
]

const lineTries = (names: LinkNames): LinkTry[] =>
  names.crossesSites === false
    ? [
        { title: 'Test each layer', why: 'The connection doctor says whether the source answers.', go: 'sites' },
        {
          title: `See where ${names.replica} looks for it`,
          why: 'Host and port of the link; the host as that server sees it.',
          server: names.replica,
          statements: [names.words.status]
        }
      ]
    : bridgeTries

const waits = ({ replica }: LinkNames): LinkTry => ({
  title: 'Wait',
  why: `${replica} tries again by itself, and goes on where it was.`
})

const throughBridge = (names: LinkNames): string =>
  names.crossesSites === false
    ? 'Its host is down, a firewall is between, or the port is another one.'
    : 'It goes through the bridge, so usually the bridge is down or its port is taken.'

export const unreachable: Explain = (names) => ({
  happened: `${names.replica} does not reach ${names.source}. ${throughBridge(names)}`,
  tries: [...lineTries(names), waits(names)]
})

export const unknownHost: Explain = (names) => ({
  happened: `${names.replica} cannot turn the name of ${names.source} into an address: the name is wrong, or the name server of its host does not answer.`,
  tries: [
    { title: 'Read the name in the status', server: names.replica, statements: [names.words.status] },
    ...lineTries(names).slice(0, 1),
    waits(names)
  ]
})

export const lineLost: Explain = (names) => ({
  happened: `The line from ${names.replica} to ${names.source} broke while it was used: ${names.source} was restarted, ended the connection, or something between them drops long ones.`,
  tries: [
    waits(names),
    ...lineTries(names),
    {
      title: `See whether ${names.source} was restarted`,
      server: names.source,
      statements: ["SHOW GLOBAL STATUS LIKE 'Uptime'"]
    }
  ]
})

const noTls = (names: LinkNames): LinkTry =>
  changed(names, 'Let the link go without TLS', 'Only through the bridge, which encrypts the line itself.', [
    changeLink(names.words, 'SOURCE_SSL = 0', 'MASTER_SSL = 0')
  ])

export const tlsRefused: Explain = (names) => ({
  happened: `${names.replica} and ${names.source} do not agree on TLS: a certificate is out of date, not trusted or for another name, or they have no protocol version in common.${flavourOf(names.words) === 'mariadb' ? ' MariaDB 11.4 and later verify the source’s certificate by default.' : ''}`,
  tries: [
    {
      title: `Look at the TLS of ${names.source}`,
      server: names.source,
      statements: [
        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('ssl_ca', 'ssl_cert', 'tls_version', 'require_secure_transport')"
      ]
    },
    noTls(names),
    { title: 'Or run “Co-masters” again', why: 'It sets this up by itself.' }
  ]
})

export const needsTls: Explain = (names) => ({
  happened: `The replication account on ${names.source} uses caching_sha2_password, which wants TLS or the server’s public key, and the link has neither.`,
  tries: [
    flavourOf(names.words) === 'mariadb'
      ? {
          title: 'Give the account another sign-in plugin on the source',
          why: 'MariaDB cannot fetch the public key; mysql_native_password, or TLS on the link.',
          server: names.source,
          statements: ["SELECT User, Host, plugin FROM mysql.user WHERE plugin = 'caching_sha2_password'"]
        }
      : changed(names, 'Let the link fetch the public key', 'The bridge already encrypts the line.', [
          changeLink(names.words, 'GET_SOURCE_PUBLIC_KEY = 1', 'GET_MASTER_PUBLIC_KEY = 1')
        ]),
    { title: 'Or run “Co-masters” again', why: 'It sets this up by itself.' }
  ]
})

export const refused: Explain = (names) => ({
  happened: `${names.source} refuses the replication account: wrong password, or it is not let in from the address it comes from${names.crossesSites === false ? '' : ' (through the bridge: 127.0.0.1)'}.`,
  tries: [
    {
      title: `Look at the account on ${names.source}`,
      server: names.source,
      statements: ["SELECT User, Host FROM mysql.user WHERE User LIKE 'siteswap%'"]
    },
    { title: 'Undo “Co-masters” and make them again', why: 'The account and its password are made anew.' }
  ]
})

export const blocked: Explain = (names) => ({
  happened: `${names.source} has blocked the host that ${names.replica} comes from after too many broken connections (max_connect_errors).`,
  tries: [
    {
      title: 'Let the host in again',
      why: 'After the reason is mended: a port scanner or a wrong password does it, too.',
      server: names.source,
      statements: [
        flavourOf(names.words) === 'mariadb' ? 'FLUSH HOSTS' : 'TRUNCATE TABLE performance_schema.host_cache'
      ]
    },
    waits(names)
  ]
})

export const full: Explain = (names) => ({
  happened: `${names.source} takes no more connections: its max_connections is reached.`,
  tries: [
    { title: 'See who is connected', server: names.source, statements: ['SHOW PROCESSLIST'] },
    { title: 'Wait', why: `${names.replica} tries again by itself as soon as one is free.` }
  ]
})

/** As the receiver’s error it is the account on the source; as the applier’s it is what runs on the replica. */
export const lacksRight: Explain = (names) =>
  names.part === 'applier'
    ? {
        happened: `A statement of ${names.source} may not be run on ${names.replica}: the account it runs as (its definer, or PRIVILEGE_CHECKS_USER of the link) lacks a right there.`,
        tries: [
          {
            title: `Look for the account on ${names.replica}`,
            why: 'The server’s words name what is missing; seeding copies accounts with their rights.',
            server: names.replica,
            statements: ['SELECT User, Host FROM mysql.user ORDER BY User, Host']
          },
          startAgain(names, 'After the account is there with the same rights as on the source.')
        ],
        notOffered: 'Skipping the statement is not offered: it would hide that the two servers differ.'
      }
    : {
        happened: `The replication account of ${names.replica} may sign in to ${names.source}, but lacks a right there; it needs REPLICATION SLAVE.`,
        tries: [
          {
            title: `See which accounts of ${names.source} may replicate`,
            why: 'The account of the link stands in its status; give it REPLICATION SLAVE ON *.*.',
            server: names.source,
            statements: ["SELECT User, Host FROM mysql.user WHERE Repl_slave_priv = 'Y'"]
          },
          startAgain(names, 'After the account has the right.')
        ]
      }

/** The receiver could not register itself or ask for a setting: the words carry the code of the real reason. */
export const commandRefused: Explain = (names) => {
  if (/\b(1045|1142|1227)\b|denied|privilege/i.test(names.text)) return lacksRight({ ...names, part: 'receiver' })
  return lineLost(names)
}
