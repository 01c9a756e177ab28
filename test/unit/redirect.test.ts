import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressesOf, addressOf, judgeConnections } from '../../src/main/redirect/connections'
import { addressInEdits, databaseAddress } from '../../src/main/redirect/database-address'
import {
  readCommand,
  restoreCommand,
  stageCommand,
  switchCommand,
  unstageCommand
} from '../../src/main/redirect/file-commands'
import { diffText, type FileRedirect, fileState, planEdit } from '../../src/main/redirect/plan-edit'
import { moveSchema } from '../../src/shared/move'

const redirect = (edits: FileRedirect['edits'], path = '/etc/shop.conf'): FileRedirect => ({
  kind: 'file',
  path,
  edits,
  reload: 'true'
})
const one = redirect([
  { find: 'db_host=10.0.0.1\n', replace: 'db_host=10.0.0.10\n' },
  { find: 'db_port=3306', replace: 'db_port=13307' }
])
const text = '# shop\ndb_host=10.0.0.1\ndb_port=3306\nname=x\n'

describe('the edit of a configuration file', () => {
  it('is shown as the lines that change', () => {
    const plan = planEdit(text, one, 'new', 'web1')
    if (plan.kind !== 'change') throw new Error(plan.kind)
    expect(diffText(plan.lines)).toBe(
      '2 - db_host=10.0.0.1\n2 + db_host=10.0.0.10\n3 - db_port=3306\n3 + db_port=13307'
    )
    expect(plan.after).toBe('# shop\ndb_host=10.0.0.10\ndb_port=13307\nname=x\n')
  })
  it('is undone by the same texts exchanged, and knows where a file points to', () => {
    const there = planEdit(text, one, 'new', 'web1')
    if (there.kind !== 'change') throw new Error(there.kind)
    expect([fileState(text, one), fileState(there.after, one), fileState('nothing', one)]).toEqual(['old', 'new', null])
    expect(planEdit(there.after, one, 'new', 'web1').kind).toBe('already')
    const back = planEdit(there.after, one, 'old', 'web1')
    expect(back.kind === 'change' && back.after).toBe(text)
  })
  it('knows its direction when one text is part of the other', () => {
    const within = redirect([{ find: '10.0.0.1', replace: '10.0.0.10' }])
    expect([fileState('a 10.0.0.1 b', within), fileState('a 10.0.0.10 b', within)]).toEqual(['old', 'new'])
  })
  it.each([
    ['nowhere', 'db_host=other\n'],
    ['2 times', 'db_host=10.0.0.1\ndb_host=10.0.0.1\n']
  ])('is refused when a text stands %s in the file', (words, content) => {
    const plan = planEdit(content, redirect([{ find: 'db_host=10.0.0.1', replace: 'y' }]), 'new', 'web1')
    expect(plan.kind === 'refused' && plan.failure.what).toContain(words)
  })
  it('takes a replacement literally', () => {
    const plan = planEdit('p=1', redirect([{ find: 'p=1', replace: "$&$'$$" }]), 'new', 'web1')
    expect(plan.kind === 'change' && plan.after).toBe("$&$'$$")
  })
})

describe('the commands on a host, in a real shell', () => {
  let folder = ''
  let path = ''
  const sh = (command: string, input?: string) => spawnSync('sh', ['-c', command], { input, encoding: 'utf8' })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "siteswap redirect'-"))
    writeFileSync(join(folder, 'real.conf'), text)
    chmodSync(join(folder, 'real.conf'), 0o640)
    path = join(folder, 'shop.conf')
    symlinkSync('real.conf', path)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('stage beside the file, switch in one step and reload, with mode and link kept', () => {
    expect(sh(readCommand(path)).stdout).toBe(text)
    expect(sh(stageCommand(path, 'r1'), 'NEW\n').status).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(
      sh(switchCommand(path, 'r1', `echo reloaded > '${folder.replaceAll("'", `'\\''`)}/mark' # done`)).status
    ).toBe(0)
    expect(readFileSync(join(folder, 'real.conf'), 'utf8')).toBe('NEW\n')
    expect(statSync(join(folder, 'real.conf')).mode & 0o777).toBe(0o640)
    expect(existsSync(join(folder, 'mark'))).toBe(true)
    expect(execFileSync('readlink', [path], { encoding: 'utf8' }).trim()).toBe('real.conf')
  })
  it('put the backup back byte for byte', () => {
    sh(stageCommand(path, 'r1'), 'NEW\n')
    sh(switchCommand(path, 'r1', 'true'))
    expect(sh(restoreCommand(path, 'r1', 'true')).status).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(statSync(join(folder, 'real.conf')).mode & 0o777).toBe(0o640)
  })
  it('refuse to switch a file that somebody has changed meanwhile, and a reload that fails is told', () => {
    sh(stageCommand(path, 'r1'), 'NEW\n')
    writeFileSync(join(folder, 'real.conf'), `${text}more\n`)
    const refused = sh(switchCommand(path, 'r1', 'true'))
    expect([refused.status, refused.stderr.trim()]).toEqual([71, 'the file has changed since the backup'])
    expect(readFileSync(path, 'utf8')).toBe(`${text}more\n`)
    sh(unstageCommand(path, 'r1'))
    sh(stageCommand(path, 'r1'), 'NEW\n')
    expect(sh(switchCommand(path, 'r1', 'exit 3')).status).toBe(3)
  })
  it('only reload when they are sent again, and do nothing where nothing was staged', () => {
    expect(sh(switchCommand(path, 'r1', 'exit 9')).status).toBe(0)
    sh(stageCommand(path, 'r1'), 'NEW\n')
    expect(sh(switchCommand(path, 'r1', 'exit 3')).status).toBe(3)
    expect(sh(switchCommand(path, 'r1', 'exit 4')).status).toBe(4)
    expect(readFileSync(path, 'utf8')).toBe('NEW\n')
  })
  it('leave nothing behind when they are taken back', () => {
    sh(stageCommand(path, 'r1'), 'NEW\n')
    expect(sh(unstageCommand(path, 'r1')).status).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['real.conf', 'shop.conf'])
    expect(sh(stageCommand(join(folder, 'absent'), 'r1'), 'x').status).not.toBe(0)
  })
})

describe('the connections of a host', () => {
  const host = { name: 'web1', addresses: ['10.0.0.3'], accountsBefore: ['shop'] }
  const on = (address: string, user = 'shop') => ({ user, address: addressOf(address) })
  it('have arrived when none is left and its account is seen behind the bridge', () => {
    expect(judgeConnections(host, [on('10.0.0.4:1')], [on('127.0.0.1:9')], ['127.0.0.1'])).toEqual({
      onOld: 0,
      onNew: 1,
      done: true,
      evidence: 'web1: 0 on the database it leaves, 1 on the other'
    })
  })
  it('have not arrived while one is left, or while only other accounts are seen', () => {
    expect(judgeConnections(host, [on('10.0.0.3:7')], [on('127.0.0.1:9')], ['127.0.0.1']).done).toBe(false)
    expect(judgeConnections(host, [], [on('127.0.0.1:9', 'replication')], ['127.0.0.1']).done).toBe(false)
  })
  it('of a host that had none before need only be gone', () => {
    expect(judgeConnections({ ...host, accountsBefore: [] }, [], [], []).done).toBe(true)
  })
})

describe('the address an application host uses', () => {
  it.each([
    [['db_host=10.1.0.3', 'db_port=13307'], { host: '10.1.0.3', port: 13307 }],
    [['"host": "db.shop.test", "port": 3307'], { host: 'db.shop.test', port: 3307 }],
    [['mysql://shop@10.1.0.3:3310/shop'], { host: '10.1.0.3', port: 3310 }],
    [["'host' => 'old-db'"], { host: 'old-db', port: null }]
  ])('is read from %j', (texts, address) => {
    expect(addressInEdits(texts)).toEqual(address)
  })
  it('comes from the move where the file does not say it', () => {
    const hop = (host: string) => [{ host, user: 'root', auth: { kind: 'agent' as const } }]
    const database = { host: '127.0.0.1', port: 3306, user: 'siteswap' }
    const move = moveSchema.parse({
      format: 'siteswap.move',
      version: 2,
      id: 'm',
      name: 'm',
      createdAt: 0,
      old: {
        name: 'Old',
        servers: [
          { id: 'odb', name: 'odb', kind: 'database', ssh: hop('10.1.0.2'), database },
          { id: 'web', name: 'web', kind: 'web', ssh: hop('10.1.0.3'), redirect: { kind: 'manual' } }
        ]
      },
      new: {
        name: 'New',
        servers: [
          { id: 'ndb', name: 'ndb', kind: 'database', ssh: hop('10.2.0.2'), database },
          { id: 'web-n', name: 'web-n', kind: 'web', ssh: hop('10.2.0.3'), redirect: { kind: 'manual' } }
        ]
      },
      pairs: [{ old: 'odb', new: 'ndb' }],
      bridge: {
        user: 'root',
        sshHost: '10.1.0.2',
        newAt: { host: '10.1.0.2', port: 13307 },
        oldAt: { host: '10.2.0.2', port: 13306 }
      }
    })
    const [odb, web] = move.old.servers
    const [ndb, newWeb] = move.new.servers
    if (!odb || !web || !ndb || !newWeb) throw new Error('servers')
    const at = (towards: 'old' | 'new') =>
      databaseAddress(move, { side: 'old', server: web }, { old: odb, new: ndb }, towards)
    expect([at('old'), at('new')]).toEqual([
      { host: '10.1.0.2', port: 3306 },
      { host: '10.1.0.2', port: 13307 }
    ])
    const ofNew = (towards: 'old' | 'new') =>
      databaseAddress(move, { side: 'new', server: newWeb }, { old: odb, new: ndb }, towards)
    expect([ofNew('new'), ofNew('old')]).toEqual([
      { host: '10.2.0.2', port: 3306 },
      { host: '10.2.0.2', port: 13306 }
    ])
    expect(addressesOf(web)).toEqual(['10.1.0.3'])
  })
})
