import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { previewSteps } from '../../src/main/runbook/preview'
import { parseBridgeBytes } from '../../src/main/runbooks/link/bridge-bytes'
import { authorizedEntry, bridgeCommand } from '../../src/main/runbooks/link/bridge-command'
import { parseStatus } from '../../src/main/runbooks/link/bridge-process'
import { absolutePath } from '../../src/main/runbooks/link/gather-link-facts'
import type { LinkFacts } from '../../src/main/runbooks/link/link-facts'
import { makeLinkRunbook } from '../../src/main/runbooks/link/make-link-runbook'
import { hostAndPort, shellLine, shellRun, shellScript, shellWord, unitWord } from '../../src/main/runbooks/link/shell'
import { supervisorScript, unitText } from '../../src/main/runbooks/link/supervisor-text'

const database = {
  host: '127.0.0.1',
  port: 3306,
  via: 'ssh' as const,
  user: 'admin',
  tls: { mode: 'disabled' as const }
}
const facts: LinkFacts = {
  moveId: 'shop',
  old: { id: 'old-db', name: 'lon-db1', database },
  new: { id: 'new-db', name: 'brn-db1', database },
  bridge: {
    user: 'bridge',
    sshHost: '192.0.2.1',
    sshPort: 2200,
    authorizedKeysPath: '~/.ssh/authorized_keys',
    directory: '~/.siteswap',
    oldAt: { host: '127.0.0.1', port: 13306 },
    newAt: { host: '10.0.0.1', port: 13307 }
  },
  directory: "/home/it's me/.siteswap",
  sshProgram: '/usr/bin/ssh',
  authorizedKeys: '/home/bridge/.ssh/authorized_keys',
  oldHostKey: 'SHA256:abc',
  supervisor: { kind: 'process' },
  blockers: [],
  warnings: []
}
const eyes = {
  oldFromNewHost: async () => ({ ok: true, text: '', roundTripMs: null }),
  newFromOldHost: async () => ({ ok: true, text: '', roundTripMs: null })
}
const nasty = [
  "it's",
  '$(touch /tmp/x)',
  '`id`',
  'a b',
  '"',
  '\\',
  '\\\\n',
  '',
  '*',
  '~',
  '-n',
  'x\ny',
  '‹ü›',
  '!!',
  '%h',
  ';|&'
]

describe('words for a remote shell', () => {
  it('arrive in the shell as they were, whatever they hold', () => {
    for (const text of nasty) {
      const seen = spawnSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })
      expect(seen.stdout).toBe(text)
    }
  })

  it('arrive through a script in one command line too', () => {
    const script = `for word in ${shellLine(nasty)}; do printf '[%s]' "$word"; done`
    const seen = spawnSync('bash', ['-c', shellRun(script)], { encoding: 'utf8' })
    expect(seen.stdout).toBe(nasty.map((text) => `[${text}]`).join(''))
  })

  it('refuse a NUL character', () => {
    expect(() => shellWord('a\0b')).toThrow('NUL')
  })

  it('are read to their end before a command of the script can take them from standard input', () => {
    const seen = spawnSync('sh', ['-s'], { input: shellScript(['cat >/dev/null', 'echo reached']), encoding: 'utf8' })
    expect(seen.stdout).toBe('reached\n')
  })

  it('stand in a unit without specifiers and variables', () => {
    expect(unitWord('/a b/100%$HOME"')).toBe('"/a b/100%%$$HOME\\""')
    expect(unitWord('-oBatchMode=yes')).toBe('-oBatchMode=yes')
  })

  it('put IPv6 addresses into brackets', () => {
    expect(hostAndPort('::1', 22)).toBe('[::1]:22')
    expect(hostAndPort('10.0.0.1', 22)).toBe('10.0.0.1:22')
  })
})

describe('the bridge’s ssh', () => {
  it('takes no configuration file, no agent and no unknown host key', () => {
    const words = bridgeCommand(facts)
    expect(words.slice(0, 5)).toEqual(['/usr/bin/ssh', '-N', '-T', '-F', 'none'])
    for (const option of [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      'IdentityAgent=none',
      'ExitOnForwardFailure=yes'
    ])
      expect(words).toContain(option)
    expect(words.slice(-9)).toEqual([
      '-p',
      '2200',
      '-L',
      '127.0.0.1:13306:127.0.0.1:3306',
      '-R',
      '10.0.0.1:13307:127.0.0.1:3306',
      '-l',
      'bridge',
      '192.0.2.1'
    ])
  })

  it('names files that the real ssh reads as they are called, whatever is in their names', () => {
    const [ssh = '', ...words] = bridgeCommand({ ...facts, sshProgram: 'ssh', directory: '/home/100%h of "it\\s" ~/b' })
    const says = spawnSync(ssh, ['-G', ...words], { encoding: 'utf8' }).stdout.split('\n')
    expect(says).toContain('userknownhostsfile /home/100%h of "it\\s" ~/b/known_hosts')
    // Its tokens are put in when the key is read.
    expect(says.filter((line) => line.startsWith('identityfile '))).toEqual([
      'identityfile /home/100%%h of "it\\s" ~/b/bridge-key'
    ])
  })

  it('may open the database and listen on one port, and nothing else', () => {
    expect(authorizedEntry(facts, 'ssh-ed25519 AAAA')).toBe(
      'restrict,port-forwarding,permitopen="127.0.0.1:3306",permitlisten="10.0.0.1:13307" ssh-ed25519 AAAA'
    )
  })

  it('is kept up by a unit that never stops trying', () => {
    const text = unitText(facts, 'system')
    expect(text).toContain('StartLimitIntervalSec=0')
    expect(text).toContain('Restart=always')
    expect(text).toContain(String.raw`"UserKnownHostsFile=\"/home/it's me/.siteswap/known_hosts\""`)
  })

  it('is kept up by a script that sh accepts', () => {
    expect(spawnSync('sh', ['-n'], { input: supervisorScript(facts), encoding: 'utf8' }).stderr).toBe('')
  })

  it('is read back from what its host says', () => {
    expect(parseStatus('supervisor process\nssh 412 37\nlog a\nlog b\n')).toEqual({
      supervisor: 'process',
      pid: 412,
      ageSeconds: 37,
      log: ['a', 'b']
    })
    expect(parseStatus('supervisor none\n')).toEqual({ supervisor: 'none', pid: null, ageSeconds: null, log: [] })
  })
})

describe('the preview of the bridge', () => {
  it('shows every step with what it sends and how it is taken back', () => {
    const steps = previewSteps(makeLinkRunbook(facts, eyes))
    expect(steps.map((step) => step.id)).toEqual([
      'make-key',
      'pin-host-key',
      'authorize-key',
      'place-supervisor',
      'start-bridge',
      'prove-bridge'
    ])
    expect(steps.slice(0, 5).map((step) => step.undo.kind)).toEqual(Array(5).fill('actions'))
  })

  it('holds scripts that sh accepts, forward and back', () => {
    for (const step of previewSteps(makeLinkRunbook(facts, eyes)))
      for (const action of [...step.actions, ...(step.undo.kind === 'actions' ? step.undo.actions : [])])
        if (action.kind === 'command' && action.command === 'sh -s')
          expect(spawnSync('sh', ['-n'], { input: action.input ?? '', encoding: 'utf8' }).stderr).toBe('')
  })

  it('resolves a home folder only at the beginning of a path', () => {
    expect(absolutePath('~/.ssh/keys', '/home/a')).toBe('/home/a/.ssh/keys')
    expect(absolutePath('/srv/~x', '/home/a')).toBe('/srv/~x')
  })
})

describe('the bytes of the bridge', () => {
  const line = (users: string, local = '192.0.2.9:41022') => `tcp ESTAB 0 0 ${local} 192.0.2.1:2200 users:((${users}))`
  const info = (words: string) => `tcp \t cubic wscale:7,7 rto:204 ${words} segs_out:66`
  const answer = (...lines: string[]) =>
    ['tcp State Recv-Q Send-Q Local Address:Port Peer Address:Port Process', ...lines, 'ssh 412 37'].join('\n')

  it('are those of its own connection, received at the other end', () => {
    const text = answer(
      line('"ssh",pid=4120,fd=3', '192.0.2.9:40000'),
      info('bytes_sent:9 bytes_acked:9 bytes_received:9'),
      line('"ssh",pid=412,fd=7', '192.0.2.9:50000'),
      info('bytes_sent:5 bytes_acked:5 bytes_received:5'),
      line('"ssh",pid=412,fd=3'),
      info('bytes_sent:1300 bytes_retrans:100 bytes_acked:1200 bytes_received:98765')
    )
    expect(parseBridgeBytes(text, 412)).toEqual({
      connection: '412 192.0.2.9:41022 192.0.2.1:2200',
      toNewBytes: 98765,
      toOldBytes: 1200
    })
  })

  it('are unknown where the kernel or the account does not tell', () => {
    expect(parseBridgeBytes('supervisor process\nssh 412 37\n', 412)).toBeNull()
    expect(parseBridgeBytes(answer('tcp ESTAB 0 0 192.0.2.9:41022 192.0.2.1:2200'), 412)).toBeNull()
    expect(parseBridgeBytes(answer(line('"ssh",pid=412,fd=3'), info('rtt:1/2')), 412)).toBeNull()
    expect(parseBridgeBytes(answer(line('"ssh",pid=412,fd=3')), 412)).toBeNull()
  })
})
