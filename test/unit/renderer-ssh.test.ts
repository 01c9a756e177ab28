import { describe, expect, it } from 'vitest'
import { configHop, copiedHops } from '../../src/renderer/stations/sites/copy-hops'
import { readPasted } from '../../src/renderer/stations/sites/read-pasted'
import { draftOf, emptyHop, emptyServerDraft, serverOfDraft } from '../../src/renderer/stations/sites/server-draft'
import { secretRefOf } from '../../src/renderer/stations/sites/server-panel'
import { type ServerEntry, serverEntrySchema } from '../../src/shared/move'
import type { ResolvedHop } from '../../src/shared/ssh-settings'

const aliases = ['db1', 'bastion', 'web.example']
const hopsOf = (text: string) =>
  readPasted(text, aliases)?.hops?.map(
    ({ from, user, host, port }) => `${from === 'typed' ? '' : '~'}${user}@${host}:${port ?? ''}`
  )
const lastOf = (text: string) => readPasted(text, aliases)?.hops?.at(-1)

describe('what is pasted', () => {
  it.each([
    ['deploy@10.0.0.5:2222', ['deploy@10.0.0.5:2222']],
    ['deploy@[2001:db8::1]:2222', ['deploy@2001:db8::1:2222']],
    ['ssh://deploy@h.example:2200/', ['deploy@h.example:2200']],
    ['sftp://deploy@h.example', ['deploy@h.example:22']],
    ['ssh://h', ['@h:22']],
    ['db1', ['~@db1:']],
    ['deploy@db1', ['~deploy@db1:']],
    ['ssh db1', ['~@db1:']],
    ['$ ssh -l root db1 -p 2201', ['~root@db1:2201']],
    ['/usr/bin/ssh me@h.example uptime -p 1', ['me@h.example:22']],
    ['ssh -J bastion,ops@gw:2022 h.example', ['~@bastion:', 'ops@gw:2022', '@h.example:22']],
    ['ssh -vvNTp2201 me@h.example', ['me@h.example:2201']],
    ["ssh -o 'Port 2022' -o User=me -oHostName=10.0.0.9 h.example", ['me@10.0.0.9:2022']],
    ['ssh -o ProxyJump=none me@h.example', ['me@h.example:22']],
    ['ssh \\\n  -p 22022 \\\n  me@h.example', ['me@h.example:22022']]
  ])('is read: %s', (text, expected) => {
    expect(hopsOf(text)).toEqual(expected)
  })

  it.each([
    'db2',
    'ssh',
    'ssh -p 22',
    'ssh -oProxyCommand=x',
    'ssh -- -x',
    'http://h.example',
    'ftp://u@h',
    '-J a b',
    'scp a b:c'
  ])('is left alone: %s', (text) => {
    expect(readPasted(text, aliases)).toBeNull()
  })

  it('keeps keys and settings of a command: one key for itself, several to be tried', () => {
    expect(lastOf('ssh -i "~/.ssh/my key" me@h.example')).toMatchObject({ auth: 'key', path: '~/.ssh/my key' })
    expect(
      lastOf(
        'ssh -i a -i b -o IdentitiesOnly=yes -o HostKeyAlias=real -o ConnectTimeout=2m -o UserKnownHostsFile=/dev/null -o ServerAliveInterval=9 me@h.example'
      )
    ).toMatchObject({
      auth: 'auto',
      settings: {
        identityFiles: ['a', 'b'],
        identitiesOnly: true,
        hostKeyAlias: 'real',
        connectTimeoutS: 120,
        userKnownHostsFiles: [],
        serverAliveIntervalS: 9
      }
    })
  })

  it('names what it leaves out, and says nothing of what makes no difference', () => {
    const words = readPasted(
      'ssh -A -C -o ForwardAgent=yes -o ProxyCommand=nc -o LogLevel=ERROR -F /x me@h.example'
    )?.words
    expect(words).toBe('ssh to h.example; left out: ForwardAgent, ProxyCommand, -F')
  })

  it('finds the database in a forwarding: where it answers as seen from the host', () => {
    expect(readPasted('ssh -N -L 3307:10.0.0.7:3306 me@h.example')?.database).toEqual({
      host: '10.0.0.7',
      port: 3306,
      via: 'ssh'
    })
    expect(readPasted('ssh -L localhost:3307:127.0.0.1:3310 me@h.example')?.database?.port).toBe(3310)
    expect(readPasted('ssh -L /tmp/x.sock:/var/run/y.sock me@h.example')?.database).toBeUndefined()
  })

  it('reads one block of an ssh config with its options', () => {
    const block =
      'Host db9\n  HostName 10.0.0.9\n  User deploy\n  IdentityFile ~/.ssh/a\n  HostKeyAlias db9.int\n  ProxyJump bastion\n  ForwardAgent yes\nHost other\n  Port 1'
    expect(hopsOf(block)).toEqual(['@bastion:22', 'deploy@10.0.0.9:22'])
    const pasted = readPasted(block)
    expect(pasted?.hops?.at(-1)).toMatchObject({ auth: 'key', settings: { hostKeyAlias: 'db9.int' } })
    expect(pasted?.words).toBe('host “db9” of an ssh config; left out: ForwardAgent')
  })

  it('never lets a host through that looks like an option', () => {
    expect(hopsOf('ssh -J -oProxyCommand=x me@h.example')).toEqual(['me@h.example:22'])
    const draft = { ...emptyServerDraft('web', [configHop('-oProxyCommand=x')]), id: 'x', name: 'x', addresses: 'h' }
    const parsed = serverOfDraft(draft)
    expect(parsed.ok ? {} : parsed.problems).toEqual({ 'ssh.0.alias': 'This is not a host name or address.' })
  })
})

const resolved: ResolvedHop = {
  alias: 'db1',
  host: '10.0.0.5',
  port: 2201,
  user: 'deploy',
  auth: { kind: 'auto' },
  methods: ['publickey'],
  identityFiles: ['/k/a'],
  identityFilesAreDefaults: false,
  identitiesOnly: true,
  identityAgent: { kind: 'none' },
  hostKeyAlias: 'real',
  userKnownHostsFiles: ['/k/known'],
  globalKnownHostsFiles: null,
  hostKeyCheck: 'ask',
  hashKnownHosts: false,
  proxyCommand: null,
  connectTimeoutS: 5,
  serverAlive: { intervalS: 20, countMax: 2 },
  secretPlace: '0'
}

describe('a host of the ssh config in the form', () => {
  const entry: ServerEntry = serverEntrySchema.parse({
    id: 'web1',
    name: 'web1',
    kind: 'web',
    ssh: [{ from: 'ssh-config', alias: 'db1', user: 'x', port: 7, auth: { kind: 'password' } }],
    addresses: ['10.0.0.5']
  })

  it('is kept by its alias, with what is set differently and nothing else', () => {
    expect(serverOfDraft(draftOf(entry))).toEqual({ ok: true, server: entry })
    const plain = serverOfDraft({ ...draftOf(entry), hops: [configHop(' db1 ')] })
    expect(plain.ok && plain.server.ssh).toEqual([{ from: 'ssh-config', alias: 'db1' }])
  })

  it('needs an address for a server whose connections are counted', () => {
    const parsed = serverOfDraft({ ...draftOf(entry), addresses: ' ' })
    expect(parsed.ok ? [] : Object.keys(parsed.problems)).toEqual(['addresses'])
  })

  it('is copied with everything the config says of it, and comes back the same', () => {
    const [copy] = copiedHops([resolved])
    const parsed = serverOfDraft({ ...draftOf(entry), hops: copy ? [copy] : [] })
    expect(parsed.ok && parsed.server.ssh).toEqual([
      {
        host: '10.0.0.5',
        port: 2201,
        user: 'deploy',
        auth: { kind: 'auto' },
        settings: {
          identityFiles: ['/k/a'],
          identitiesOnly: true,
          identityAgent: 'none',
          hostKeyAlias: 'real',
          userKnownHostsFiles: ['/k/known'],
          connectTimeoutS: 5,
          serverAliveIntervalS: 20,
          serverAliveCountMax: 2
        }
      }
    ])
    const [usual] = copiedHops([{ ...resolved, identityFilesAreDefaults: true, auth: { kind: 'agent' } }])
    expect(usual?.settings?.identityFiles).toBeUndefined()
  })

  it('names the secrets of jumps the config adds after the jump', () => {
    const hop = emptyHop()
    expect(secretRefOf('web1', `${hop.key}/password`, [hop.key])).toBe('ssh/web1/0/password')
    expect(secretRefOf('web1', `${hop.key}/passphrase/-gate`, [hop.key])).toBe('ssh/web1/0-gate/passphrase')
  })
})

describe('an older move', () => {
  it('still has its hops as they were', () => {
    const ssh = [{ host: 'h', port: 22, user: 'u', auth: { kind: 'agent' } }]
    const server = serverEntrySchema.parse({ id: 'a', name: 'a', kind: 'web', ssh })
    expect(server.ssh).toEqual(ssh)
    expect(serverEntrySchema.safeParse({ ...server, ssh: [{ from: 'elsewhere', alias: 'x' }] }).success).toBe(false)
    expect(serverEntrySchema.safeParse({ ...server, ssh: [{ from: 'ssh-config', alias: 'a b' }] }).success).toBe(false)
  })
})
