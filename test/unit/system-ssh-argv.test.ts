import { describe, expect, it } from 'vitest'
import { usualPaces } from '../../src/main/ssh/pulse'
import { connectionArgv, destinationOf, forwardTarget } from '../../src/main/ssh/system-ssh-argv'
import { FailureError } from '../../src/shared/failure'
import type { SshEntry } from '../../src/shared/move'

const typed = (more: Partial<Extract<SshEntry, { host: string }>>): SshEntry => ({
  host: 'db1',
  port: 22,
  user: 'root',
  auth: { kind: 'auto' },
  ...more
})
const alias = (name: string): SshEntry => ({ from: 'ssh-config', alias: name })
const argv = (...entries: SshEntry[]) => connectionArgv(entries, { connectTimeoutS: 10, alive: usualPaces.calm })

describe('the arguments of the system’s ssh', () => {
  it('insist on known host keys, no questions and nothing forwarded', () => {
    const options = argv(alias('db1')).join(' ')
    for (const wanted of [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      'ForwardAgent=no',
      'ClearAllForwardings=yes',
      'PermitLocalCommand=no',
      'UpdateHostKeys=no',
      'ServerAliveInterval=15',
      'ServerAliveCountMax=3'
    ])
      expect(options).toContain(`-o ${wanted}`)
    expect(options).not.toMatch(/ -[lpJ] /)
  })

  it('name jumps, user, port, key and alias as they are set', () => {
    const options = argv(
      alias('gate'),
      typed({ host: 'jump2', user: 'ops', port: 2222 }),
      typed({
        host: 'fe80::1',
        port: 2022,
        auth: { kind: 'key', path: '~/.ssh/db key', passphrase: false },
        settings: {
          hostKeyAlias: 'db',
          userKnownHostsFiles: ['/a b', '/c'],
          connectTimeoutS: 3,
          serverAliveIntervalS: 7,
          serverAliveCountMax: 2
        }
      })
    )
    expect(options).toEqual(
      expect.arrayContaining([
        'IdentityFile="~/.ssh/db key"',
        'IdentitiesOnly=yes',
        'HostKeyAlias=db',
        'UserKnownHostsFile="/a b" "/c"',
        'ConnectTimeout=3',
        'ServerAliveInterval=7',
        'ServerAliveCountMax=2'
      ])
    )
    expect(options.slice(-6)).toEqual(['-J', 'gate,ops@jump2:2222', '-l', 'root', '-p', '2022'])
    expect(destinationOf([typed({ host: 'fe80::1' })])).toBe('fe80::1')
    expect(forwardTarget('fe80::1', 3306)).toBe('[fe80::1]:3306')
  })

  it.each([
    '-oProxyCommand=id',
    '-v',
    'a b',
    'a;b',
    '$(id)',
    '`id`',
    'a|b',
    'a\nb',
    'a,b',
    '%h',
    'a%h',
    "a'b",
    'a\\b',
    'a/b',
    'a@b',
    '~root',
    '#',
    ''
  ])('refuse a host or user that is more than a word: %j', (text) => {
    for (const entries of [
      [typed({ host: text })],
      [typed({ user: text })],
      [alias(text)],
      [typed({ host: text }), alias('db1')],
      [typed({ user: text }), alias('db1')]
    ])
      expect(() => [argv(...entries), destinationOf(entries)]).toThrow(FailureError)
  })
})
