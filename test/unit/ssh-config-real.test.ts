import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfigFiles } from '../../src/main/ssh/config/config-files'
import { resolveHost } from '../../src/main/ssh/config/resolve-host'
import { resolveSsh } from '../../src/main/ssh/config/ssh-config'
import { FailureError } from '../../src/shared/failure'
import { randomConfig, seeded } from './random-ssh-config'
import { around, askSsh, keysSshTries, type SshSays } from './real-ssh'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'siteswap-sshconfig-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let count = 0
const written = (text: string): string => {
  count += 1
  const file = join(dir, `config-${count}`)
  writeFileSync(file, text.replaceAll('DIR', dir), { mode: 0o600 })
  return file
}

interface View {
  host: string
  port: string
  user: string
  keys: string[] | 'defaults'
  identitiesOnly: string
  hostKeyAlias: string | null
  jump: string | null
  command: string | null
  userKnownHosts: string | null
  machineKnownHosts: string | null
  connectTimeout: string
  aliveInterval: string
  aliveCount: string
  agent: string | null
  strict: boolean
  hash: string
  publickey: boolean
  password: boolean
  questions: boolean
}

const home = homedir()
const yes = (says: SshSays, keyword: string) => ['yes', 'true'].includes(says.get(keyword)?.[0] ?? '')

/** The defaults `ssh -G` prints when no key is named. */
const isDefaults = (keys: string[]) => keys[0] === '~/.ssh/id_rsa' && keys.length > 4

const viewOfSsh = (says: SshSays): View => {
  const one = (keyword: string) => says.get(keyword)?.[0] ?? null
  const keys = says.get('identityfile') ?? []
  return {
    host: one('hostname') ?? '',
    port: one('port') ?? '',
    user: one('user') ?? '',
    keys: isDefaults(keys)
      ? 'defaults'
      : keys.filter((key) => key !== 'none').map((key) => key.replace(/^~\//, `${home}/`)),
    identitiesOnly: one('identitiesonly') ?? '',
    hostKeyAlias: one('hostkeyalias'),
    jump: one('proxyjump'),
    command: one('proxycommand') === 'none' ? null : one('proxycommand'),
    userKnownHosts: one('userknownhostsfile'),
    machineKnownHosts: one('globalknownhostsfile'),
    connectTimeout: one('connecttimeout') ?? '',
    aliveInterval: one('serveraliveinterval') ?? '',
    aliveCount: one('serveralivecountmax') ?? '',
    agent: one('identityagent'),
    strict: yes(says, 'stricthostkeychecking'),
    hash: one('hashknownhosts') ?? '',
    publickey: yes(says, 'pubkeyauthentication'),
    password: yes(says, 'passwordauthentication'),
    questions: yes(says, 'kbdinteractiveauthentication')
  }
}
const word = (value: boolean) => (value ? 'yes' : 'no')
const listed = (files: string[] | null, otherwise: string) =>
  files === null ? otherwise : files.length === 0 ? 'none' : files.join(' ')

const viewOfOurs = async (file: string, host: string): Promise<View> => {
  const surroundings = around(file)
  const files = await readConfigFiles(surroundings.sources, surroundings)
  const { hop, jump } = resolveHost(files, { alias: host }, surroundings)
  return {
    host: hop.host,
    port: String(hop.port),
    user: hop.user,
    keys: hop.identityFilesAreDefaults ? 'defaults' : hop.identityFiles,
    identitiesOnly: word(hop.identitiesOnly),
    hostKeyAlias: hop.hostKeyAlias,
    jump: jump?.text ?? null,
    command: hop.proxyCommand,
    userKnownHosts: listed(hop.userKnownHostsFiles, `${home}/.ssh/known_hosts ${home}/.ssh/known_hosts2`),
    machineKnownHosts: listed(hop.globalKnownHostsFiles, '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2'),
    connectTimeout: hop.connectTimeoutS === null ? 'none' : String(hop.connectTimeoutS),
    aliveInterval: String(hop.serverAlive.intervalS ?? 0),
    aliveCount: String(hop.serverAlive.countMax ?? 3),
    agent:
      hop.identityAgent.kind === 'environment'
        ? null
        : hop.identityAgent.kind === 'none'
          ? 'none'
          : hop.identityAgent.path,
    strict: hop.hostKeyCheck === 'strict',
    hash: word(hop.hashKnownHosts),
    publickey: hop.methods.includes('publickey'),
    password: hop.methods.includes('password'),
    questions: hop.methods.includes('keyboard-interactive')
  }
}

const agrees = async (text: string, hosts: string[]) => {
  const file = written(text)
  const answers = await Promise.all(hosts.map((host) => askSsh(file, host)))
  for (const [index, says] of answers.entries()) {
    const host = hosts[index] ?? ''
    const ours = viewOfOurs(file, host)
    if (says === null) await expect(ours, `${host}\n${text}`).rejects.toBeInstanceOf(FailureError)
    else expect(await ours, `${host}\n${text}`).toEqual(viewOfSsh(says))
  }
}

describe('the ssh config means to Siteswap what it means to ssh', () => {
  it.each<[string, string, string[]]>([
    ['no block at all', 'User deploy\nPort 2222\n', ['db1']],
    ['the first value wins', 'Host db1\n User a\n User b\nHost *\n User c\n Port 2201\n', ['db1', 'db2']],
    ['wildcards', 'Host db? web-*\n User x\nHost *.example.com\n User y\n', ['db1', 'db12', 'web-a', 'a.example.com']],
    ['a negated pattern', 'Host * !db1\n User all\nHost !db2\n User never\nHost db1\n User one\n', ['db1', 'db2', 'x']],
    ['a negated pattern after a match', 'Host db* !db2\n User x\n', ['db1', 'db2']],
    ['upper case in the name', 'Host DB1\n User x\nHost db1\n User y\n', ['db1', 'DB1']],
    ['keywords in any case', 'HOST db1\n hOsTnAmE h.example\n PORT 22022\n', ['db1']],
    ['an equals sign', 'Host=db1\n User=a\n Port = 2201\n  HostName\t=\th\n', ['db1']],
    [
      'quotes',
      'Host "db1" \'db2\'\n User "a b"\n IdentityFile "/k/with blank"\n IdentityFile \'/k/o"ne\'\n',
      ['db1', 'db2']
    ],
    ['escapes', 'Host db1\n IdentityFile /k/a\\ b\n IdentityFile /k/\\"q\n User a\\\\b\n', ['db1']],
    ['a backslash at the end', 'Host db1\n User a\\\n Port 77\n', ['db1']],
    ['comments', '# Host db1\nHost db1 # x\n User a#b # c\n  # Port 1\n Port 2222#\n', ['db1']],
    ['a comment glued to a word', 'Host db1#x\n User a\nHost db1 #x\n User b\n', ['db1', 'db1#x']],
    ['windows line ends', 'Host db1\r\n User a\r\n HostName h\r\n', ['db1']],
    ['form feeds and tabs', 'Host\tdb1\f\n\tUser\ta\t\f\n', ['db1']],
    ['no line end at the end', 'Host db1\n User a', ['db1']],
    ['a keyword without a value', 'Host db1\n User\n Port 22\n', ['db1']],
    ['too many values', 'Host db1\n User a b\n', ['db1']],
    ['an open quote', 'Host db1\n User "a\n', ['db1']],
    ['a port that is none', 'Host db1\n Port abc\n', ['db1']],
    ['a port too high', 'Host db1\n Port 70000\n', ['db1']],
    ['%h in HostName', 'Host db*\n HostName %h.int.example.com\n', ['db1', 'DB1']],
    ['%% in HostName', 'Host db1\n HostName a%%b\n', ['db1']],
    ['a HostName in upper case', 'Host db1\n HostName DB.Example.COM\n', ['db1']],
    [
      'several identity files',
      'Host db1\n IdentityFile ~/.ssh/a\n IdentityFile /b\nHost *\n IdentityFile /c\n IdentityFile /b\n',
      ['db1', 'x']
    ],
    [
      'IdentityFile none',
      'Host db1\n IdentityFile none\nHost db2\n IdentityFile none\n IdentityFile /a\n',
      ['db1', 'db2']
    ],
    [
      'IdentitiesOnly',
      'Host db1\n IdentitiesOnly yes\nHost db2\n IdentitiesOnly true\nHost *\n IdentitiesOnly no\n',
      ['db1', 'db2', 'x']
    ],
    ['a yes that is none', 'Host db1\n IdentitiesOnly maybe\n', ['db1']],
    [
      'IdentityAgent',
      'Host db1\n IdentityAgent none\nHost db2\n IdentityAgent SSH_AUTH_SOCK\nHost db3\n IdentityAgent /run/a.sock\n',
      ['db1', 'db3']
    ],
    [
      'ProxyJump',
      'Host db1\n ProxyJump gw\nHost db2\n ProxyJump a@gw:2222,b@inner\nHost db3\n ProxyJump none\nHost *\n ProxyJump other\n',
      ['db1', 'db2', 'db3', 'x']
    ],
    ['ProxyJump as an address', 'Host db1\n ProxyJump ssh://a@gw:2200\nHost db2\n ProxyJump [::1]:2200\n', ['db2']],
    ['ProxyJump with a comment', 'Host db1\n ProxyJump gw # the gate\n', ['db1']],
    [
      'ProxyCommand before ProxyJump',
      'Host db1\n ProxyCommand nc %h %p\n ProxyJump gw\nHost db2\n ProxyJump gw\n ProxyCommand nc %h %p\n',
      ['db1', 'db2']
    ],
    ['ProxyCommand none before ProxyJump', 'Host db1\n ProxyCommand none\nHost *\n ProxyJump gw\n', ['db1', 'x']],
    ['ProxyJump none before ProxyCommand', 'Host db1\n ProxyJump none\nHost *\n ProxyCommand nc %h %p\n', ['db1', 'x']],
    ['HostKeyAlias', 'Host db1\n HostKeyAlias Real.Name\nHost *\n HostKeyAlias other\n', ['db1']],
    [
      'known hosts files',
      'Host db1\n UserKnownHostsFile ~/.ssh/a "/b c" /d\n GlobalKnownHostsFile /g\nHost *\n UserKnownHostsFile /z\n',
      ['db1', 'x']
    ],
    ['known hosts none', 'Host db1\n UserKnownHostsFile none\n GlobalKnownHostsFile none\n', ['db1', 'db2']],
    ['known hosts none and one more', 'Host db1\n UserKnownHostsFile none /a\n', ['db1']],
    [
      'times',
      'Host a\n ConnectTimeout 1m30s\n ServerAliveInterval 2h\nHost b\n ConnectTimeout 10\nHost c\n ConnectTimeout none\nHost *\n ConnectTimeout 7\n ServerAliveInterval 15\n ServerAliveCountMax 5\n',
      ['a', 'b', 'c', 'd']
    ],
    ['a time that is none', 'Host db1\n ConnectTimeout soon\n', ['db1']],
    [
      'StrictHostKeyChecking',
      'Host a\n StrictHostKeyChecking yes\nHost b\n StrictHostKeyChecking accept-new\nHost c\n StrictHostKeyChecking off\nHost d\n StrictHostKeyChecking ask\n',
      ['a', 'b', 'c', 'd', 'e']
    ],
    [
      'ways to sign in',
      'Host a\n PasswordAuthentication no\nHost b\n ChallengeResponseAuthentication no\nHost c\n PubkeyAuthentication no\n KbdInteractiveAuthentication no\n',
      ['a', 'b', 'c']
    ],
    [
      'Match host after HostName',
      'Host db1\n HostName real.example.com\nMatch host real.example.com\n User m\nMatch host db1\n User n\n',
      ['db1', 'real.example.com']
    ],
    ['Match originalhost', 'Host db1\n HostName real\nMatch originalhost db1,db2\n User m\n', ['db1', 'db2', 'real']],
    [
      'Match user',
      'Host db1\n User deploy\nMatch user deploy\n Port 2201\nMatch user root\n Port 2202\n',
      ['db1', 'x']
    ],
    ['Match localuser', `Match localuser ${process.env.USER ?? 'root'},root\n Port 2209\n`, ['x']],
    [
      'Match several criteria',
      'Host db*\n User deploy\nMatch host db*,!db2 user deploy\n Port 2201\n',
      ['db1', 'db2', 'x']
    ],
    ['Match negated', 'Match !host db1 !user nobody\n Port 2201\nMatch host "a,b"\n Port 3\n', ['db1', 'db2', 'a']],
    ['Match with equals signs', 'Match host=db1 user=root\n Port 2201\n', ['db1', 'x']],
    ['Match in upper case', 'Match Host DB1\n Port 2201\n', ['db1', 'DB1']],
    ['Match all', 'Host db1\n User x\nMatch all\n Port 2201\n User y\n', ['db1', 'z']],
    ['Match all with others', 'Match host db1 all\n Port 2201\n', ['db1']],
    ['Match without a pattern', 'Match host\n Port 2201\n', ['db1']],
    ['Match without criteria', 'Match\n Port 2201\n', ['db1']],
    [
      'Match final',
      'Host db1\n HostName real.example.com\nMatch final host real.example.com\n User f\n Port 2201\nMatch host real.example.com\n Port 99\n',
      ['db1', 'x']
    ],
    ['Match final and a HostName', 'Match final\n HostName other\n User u\nHost db1\n User v\n', ['db1', 'x']],
    ['Match canonical', 'Match canonical\n User c\nMatch !canonical\n User d\n', ['x']],
    ['Match final negated', 'Match !final\n User c\nMatch final\n Port 23\n', ['x']],
    ['a jump host that is the host itself', 'Host *\n ProxyJump gw\n', ['db1']],
    [
      'an option nobody knows',
      'IgnoreUnknown UseKeychain,Foo*\nHost db1\n UseKeychain yes\n FooBar 1\n User x\n',
      ['db1']
    ]
  ])('with %s', async (_, text, hosts) => agrees(text, hosts))

  it('with Includes: nested, with wildcards, inside blocks, and files that are not there', async () => {
    writeFileSync(join(dir, 'part-a.conf'), `User inc-a\nHost db2\n Port 2202\nInclude ${dir}/deep-*.conf\n`, {
      mode: 0o600
    })
    writeFileSync(join(dir, 'part-b.conf'), 'Host *\n Port 2299\n HostName %h.b\n', { mode: 0o600 })
    writeFileSync(join(dir, 'part-[c].conf'), 'HostKeyAlias bracket\n', { mode: 0o600 })
    writeFileSync(join(dir, 'deep-1.conf'), 'Match host db2\n HostKeyAlias deep\n', { mode: 0o600 })
    writeFileSync(join(dir, '.part-hidden.conf'), 'User hidden\n', { mode: 0o600 })
    await agrees('Include DIR/part-*.conf\nUser late\n', ['db1', 'db2'])
    await agrees('Host db2\n Include DIR/part-a.conf\n ConnectTimeout 4\nHost *\n User late\n', ['db1', 'db2'])
    await agrees('Host other\n Include DIR/part-a.conf DIR/part-b.conf\n User o\nHost *\n User late\n', [
      'db1',
      'db2',
      'other'
    ])
    await agrees('Match host db1\n Include "DIR/part-b.conf" DIR/no-such-file DIR/[a-b]*.conf\n User o\n', [
      'db1',
      'db2'
    ])
    await agrees('Include DIR/part-?.conf\nInclude\n', ['db1'])
  })

  it('with tokens and variables in the names of keys', async () => {
    const file = written(
      [
        'Host db1\n HostName %h.example.com\n User me\n Port 2201',
        ' IdentityFile %d/x-%h-%n-%p-%r-%u-%i-%k-%l-%L-%%\n IdentityFile ~/.ssh/%r@%h',
        ` IdentityFile /k/\${HOME}/%C\nHost db2\n HostKeyAlias Al\n IdentityFile /k/%k\n`
      ].join('\n')
    )
    for (const host of ['db1', 'db2']) {
      const { hops } = await resolveSsh([{ from: 'ssh-config', alias: host }], around(file))
      expect(hops[0]?.identityFiles).toEqual(await keysSshTries(file, host))
    }
  })

  it('with random configs of blocks, patterns, matches and includes', { timeout: 300_000 }, async () => {
    const random = seeded(20_261_123)
    for (let round = 0; round < 40; round++) await agrees(randomConfig(random), ['db1', 'db2', 'web.example.com'])
  })
})
