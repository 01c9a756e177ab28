import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConfigSurroundings } from '../../src/main/ssh/config/config-surroundings'
import { thisComputer } from '../../src/main/ssh/config/config-surroundings'
import { parseDestination } from '../../src/main/ssh/config/parse-destination'
import { resolveSsh, sshConfigHosts } from '../../src/main/ssh/config/ssh-config'
import { matchPattern } from '../../src/main/ssh/match-pattern'
import { failureOf } from '../../src/shared/failure'
import type { ConfigHop, SshEntry } from '../../src/shared/move'
import { around } from './real-ssh'

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'siteswap-sshhome-'))
  mkdirSync(join(home, '.ssh/conf.d'), { recursive: true })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const own = () => join(home, '.ssh/config')
const write = (name: string, text: string, mode = 0o600) => {
  writeFileSync(join(home, '.ssh', name), text)
  chmodSync(join(home, '.ssh', name), mode)
}
const here = (over: Partial<ConfigSurroundings> = {}) =>
  around(own(), {
    home,
    sources: [{ file: own(), own: true, checkOwner: true }],
    localUser: 'me',
    localHost: 'lap',
    ...over
  })
const alias = (name: string, over: Partial<ConfigHop> = {}): SshEntry => ({ from: 'ssh-config', alias: name, ...over })
const resolve = async (text: string, ...ssh: SshEntry[]) => {
  write('config', text)
  return resolveSsh(ssh, here())
}
const places = async (text: string, ...ssh: SshEntry[]) =>
  (await resolve(text, ...ssh)).hops.map((hop) => `${hop.user}@${hop.host}:${hop.port}`)
const failed = async (text: string, ...ssh: SshEntry[]) =>
  resolve(text, ...ssh).then(
    () => null,
    (error) => failureOf(error)
  )

describe('a way through the ssh config', () => {
  it('leads over the jumps of the jumps, each with its own user and port', async () => {
    const text =
      'Host db1\n ProxyJump ops@gate:2200,inner\nHost gate\n HostName g.example\n ProxyJump outer\nHost inner\n User in\n Port 23\n ProxyJump never\nHost outer\n User out\n'
    expect(await places(text, alias('db1'))).toEqual(['out@outer:22', 'ops@g.example:2200', 'in@inner:23', 'me@db1:22'])
  })

  it('is the typed jumps alone when some stand before the host', async () => {
    const typed: SshEntry = { host: 'mine', port: 2022, user: 'u', auth: { kind: 'agent' } }
    const text = 'Host db1\n ProxyJump gate\n ProxyCommand never\nHost gate\n ProxyJump outer\n'
    expect(await places(text, typed, alias('db1'))).toEqual(['u@mine:2022', 'me@db1:22'])
    expect(await places(text, alias('gate'), alias('db1'))).toEqual(['me@outer:22', 'me@gate:22', 'me@db1:22'])
  })

  it('puts user, port and sign-in of the move before the config, also where Match looks at the user', async () => {
    const text = 'Host db1\n User a\n Port 1\nMatch user b\n HostName for-b\n'
    const auth = { kind: 'password' as const }
    const { hops } = await resolve(text, alias('db1', { user: 'b', port: 22022, auth }))
    expect(hops).toMatchObject([{ user: 'b', port: 22022, host: 'for-b', auth, secretPlace: '0' }])
  })

  it('puts tokens into the names of jumps', async () => {
    expect(await places('Host db?\n ProxyJump gate-of-%n:%p\n', alias('db1', { port: 7 }))).toEqual([
      'me@gate-of-db1:7',
      'me@db1:7'
    ])
  })

  it('names the secrets of jumps by the jump, so that they stay when others come before it', async () => {
    const before = await resolve('Host db1\n ProxyJump gw-1\n', alias('db1'))
    const after = await resolve('Host db1\n ProxyJump outer,gw-1\n', alias('db1'))
    expect(before.hops.map((hop) => hop.secretPlace)).toEqual(['0-gw-1', '0'])
    expect(after.hops.map((hop) => hop.secretPlace)).toEqual(['0-outer', '0-gw-1', '0'])
  })

  it.each([
    ['a circle', 'Host a\n ProxyJump b\nHost b\n ProxyJump a\n', 'ProxyJump leads in a circle: a → b → a.'],
    ['a host before itself', 'Host *\n ProxyJump a\n', 'ProxyJump leads in a circle: a → a.'],
    [
      'a jump that looks like an option',
      'Host a\n ProxyJump -oProxyCommand=x\n',
      'ProxyJump “-oProxyCommand=x” is not user@host:port.'
    ],
    [
      'a HostName that looks like an option',
      'Host a\n HostName -oProxyCommand=x\n',
      '“-oproxycommand=x” is not a host name.'
    ],
    [
      'a variable that is not set',
      'Host a\n IdentityFile $' + '{SITESWAP_NOT_SET}/k\n',
      'the environment variable SITESWAP_NOT_SET is not set.'
    ],
    ['an unknown token', 'Host a\n IdentityFile /k/%z\n', '%z stands for nothing here.'],
    ['files that include themselves', 'Include config\n', 'Your ssh config includes files without an end.']
  ])('stops at %s', async (_, text, what) => {
    expect((await failed(text, alias('a')))?.what).toContain(what)
  })

  it('reads Includes below ~/.ssh, and refuses a file that others may write to', async () => {
    write('conf.d/10-a', 'Host db1\n HostName ten\n')
    write('conf.d/20-b', 'Host db1\n HostName twenty\n Port 20\n')
    expect(await places('Include conf.d/* ~/.ssh/none-there\n', alias('db1'))).toEqual(['me@ten:20'])
    chmodSync(join(home, '.ssh/conf.d/20-b'), 0o666)
    expect(await failed('Include conf.d/*\n', alias('db1'))).toMatchObject({
      kind: 'storage',
      where: join(home, '.ssh/conf.d/20-b'),
      why: 'Group or others may write to it.'
    })
    rmSync(join(home, '.ssh/conf.d/20-b'))
    write('config', 'Host *\n User x\n', 0o620)
    await expect(resolveSsh([alias('db1')], here())).rejects.toThrow('Others may change this ssh config file')
  })

  it('has no file of host keys for none and /dev/null, so that nothing is ever written in their place', async () => {
    const { hops } = await resolve(
      'Host a\n UserKnownHostsFile /dev/null\nHost b\n UserKnownHostsFile none\n',
      alias('a')
    )
    expect(hops[0]?.userKnownHostsFiles).toEqual([])
    const agents = 'Host a\n IdentityAgent $MY_AGENT\nHost b\n IdentityAgent ~/%r.sock\n'
    write('config', agents)
    const env = { MY_AGENT: '/run/mine' }
    const agent = async (name: string) => (await resolveSsh([alias(name)], here({ env }))).hops[0]?.identityAgent
    expect(await agent('a')).toEqual({ kind: 'socket', path: '/run/mine' })
    expect(await agent('b')).toEqual({ kind: 'socket', path: join(home, 'me.sock') })
  })

  it('reads no file at all for hops that are typed out', async () => {
    const typed: SshEntry = { host: 'h', port: 22, user: 'u', auth: { kind: 'agent' } }
    write('config', 'Include config\n')
    expect((await resolveSsh([typed], here())).hops).toHaveLength(1)
  })
})

describe('an option that is not followed', () => {
  const effects = async (text: string) =>
    (await resolve(`Host a\n ${text}\n`, alias('a'))).notes.map((note) => `${note.option} ${note.effect}`)
  it.each([
    ['ProxyCommand nc %h %p', 'ProxyCommand system-ssh'],
    ['CertificateFile ~/.ssh/id-cert.pub', 'CertificateFile system-ssh'],
    ['PKCS11Provider /usr/lib/p11.so', 'PKCS11Provider system-ssh'],
    ['GSSAPIAuthentication yes', 'GSSAPIAuthentication system-ssh'],
    ['CanonicalizeHostname yes', 'CanonicalizeHostname system-ssh'],
    ['KnownHostsCommand /bin/x', 'KnownHostsCommand system-ssh'],
    ['ForwardAgent yes', 'ForwardAgent own'],
    ['StrictHostKeyChecking no', 'StrictHostKeyChecking own'],
    ['Ciphers aes128-cbc', 'Ciphers own'],
    ['NeverHeardOf 1', 'NeverHeardOf own'],
    ['ControlMaster auto', 'ControlMaster none'],
    ['LocalForward 1 a:2', 'LocalForward none']
  ])('is named: %s', async (text, expected) => {
    expect(await effects(text)).toEqual([expected])
  })

  it.each([
    'ProxyCommand none',
    'ForwardAgent no',
    'GSSAPIAuthentication no',
    'StrictHostKeyChecking ask',
    'AddressFamily any'
  ])('is not worth a word: %s', async (text) => {
    expect(await effects(text)).toEqual([])
  })

  it('is named with its place, once, and a Match exec that decides as well', async () => {
    const text =
      'Match host b exec "touch /x"\n User no\nMatch exec "touch /x" host a\n User x\nHost a\n User y\n ForwardAgent yes\nHost *\n ForwardAgent yes\n'
    const { hops, notes } = await resolve(text, alias('a'))
    expect(hops[0]?.user).toBe('y')
    expect(notes.map(({ option, effect, line, file }) => ({ option, effect, line, file }))).toEqual([
      { option: 'ForwardAgent', effect: 'own', line: 7, file: own() },
      { option: 'Match', effect: 'system-ssh', line: 3, file: own() }
    ])
  })
})

describe('the list of hosts', () => {
  it('holds the names of all Host lines, with the way, a mistake, and what needs the system’s ssh', async () => {
    write('conf.d/10-a', 'Host inc *.x !no\n User i\n')
    write(
      'config',
      'Include conf.d/*\nHost db1 db2\n ProxyJump gate\nHost gate\n Port 1\nHost bad\n Port x\nHost piped\n ProxyCommand nc\nHost db1\n User late\n'
    )
    const { file, hosts } = await sshConfigHosts(here())
    expect(file).toBe(own())
    expect(
      hosts.map((host) => [host.alias, host.user, host.through.join(), host.problem, host.needsSystemSsh])
    ).toEqual([
      ['inc', 'i', '', null, null],
      ['db1', 'late', 'gate', null, null],
      ['db2', 'me', 'gate', null, null],
      ['gate', 'me', '', null, null],
      ['bad', '', '', 'Your ssh config cannot be used: Port is a number from 1 to 65535.', null],
      ['piped', 'me', '', null, 'ProxyCommand']
    ])
    expect(hosts[1]).toMatchObject({ file: own(), line: 2 })
  })

  it('is empty without a file', async () => {
    expect((await sshConfigHosts(here({ sources: [] }))).hosts).toEqual([])
    expect(thisComputer({ SITESWAP_SSH_CONFIG: 'none' }).sources).toEqual([])
    expect(thisComputer({ SITESWAP_SSH_CONFIG: '/x' }).sources).toEqual([{ file: '/x', own: true, checkOwner: false }])
  })
})

describe('the parts', () => {
  it('match patterns in linear time', () => {
    expect(matchPattern('a'.repeat(5000), `${'*a'.repeat(500)}b`)).toBe(false)
    expect(matchPattern('db12', 'db?')).toBe(false)
    expect(matchPattern('', '*')).toBe(true)
  })

  it.each([
    ['gw', { host: 'gw' }],
    ['a@gw:2200', { user: 'a', host: 'gw', port: 2200 }],
    ['a@b@gw', { user: 'a@b', host: 'gw' }],
    ['[::1]:22', { host: '::1', port: 22 }],
    ['ssh://u@h:1/', { user: 'u', host: 'h', port: 1 }],
    ['@gw', null],
    ['gw:0', null],
    ['gw:x', null],
    ['', null],
    ['-x', null]
  ])('read the jump host %j', (text, expected) => {
    expect(parseDestination(text)).toEqual(expected)
  })
})
