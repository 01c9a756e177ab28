import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Move } from '../../src/shared/move'
import {
  canarySecret,
  databaseSecret,
  dnsSecret,
  replicationSecret,
  sshPassphraseSecret,
  sshPasswordSecret
} from '../../src/shared/secret'
import { type Lab, upLab } from '../lab/lab'
import { hostDir } from '../lab/state'
import type { PlantedAnswer, PlantedPlan } from './own/planted-flow'
import { findingsBelow, formsOf, watchProcesses } from './own/secret-watch'

const root = resolve(import.meta.dirname, '../..')
/** Password sign-in needs the lab's own /etc/shadow, and that a namespace. */
const namespaces =
  process.getuid?.() === 0 && process.env.SITESWAP_LAB_MODE !== 'loopback' && existsSync('/dev/net/tun')

describe.runIf(namespaces)('seven planted secrets, after a whole flow on a real lab', () => {
  let dir = ''
  let lab: Lab
  let answer: PlantedAnswer
  let said = ''
  let watched: { seen: string[]; looks: number }
  const words = new Map<string, string>()
  const place = (name: string) => join(dir, name)

  /** The way to the old database asks for a password, the way to the new one for a passphrase. */
  const plantedMove = (): Move => {
    const { ssh } = lab.state
    const move = JSON.parse(readFileSync(lab.movePath, 'utf8')) as Move
    for (const server of [...move.old.servers, ...move.new.servers])
      for (const hop of server.ssh) {
        if (server.id === 'old-db') hop.auth = { kind: 'password' }
        if (server.id === 'new-db') hop.auth = { kind: 'key', path: ssh.protectedKeyFile, passphrase: true }
      }
    return move
  }

  const runFlow = (plan: PlantedPlan): Promise<PlantedAnswer> =>
    new Promise((done, reject) => {
      const { PATH } = process.env
      const argv = ['bash', join(root, 'scripts/with-keyring.sh'), process.execPath, '--import', 'tsx']
      const [program = '', ...args] = [...lab.execPrefix, ...argv, join(root, 'test/servers/own/planted-flow.ts')]
      const child = spawn(program, args, {
        cwd: root,
        env: { PATH, LANG: 'C.UTF-8', HOME: place('home'), TMPDIR: place('tmp') },
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: 240_000
      })
      let stdout = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
      child.once('error', reject)
      child.once('close', (code) => {
        said += stdout
        const last = stdout.trim().split('\n').at(-1) ?? ''
        if (code === 0) done(JSON.parse(last) as PlantedAnswer)
        else reject(new Error(`the flow ended with ${code}: ${said.slice(-3000)}`))
      })
      child.stdin.end(JSON.stringify(plan))
    })

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-planted-'))
    for (const name of ['data', 'out', 'home', 'tmp']) mkdirSync(place(name))
    lab = await upLab({ dir: place('lab'), flavour: 'm1011', latencyMs: 1, scale: 0.005, ttlSeconds: 1 })
    const { accounts, ssh, dns } = lab.state
    const made = { replication: 'Planted7Replication3Password', canary: 'Planted9Canary4Password' }
    const planted = {
      'database password': accounts.admin.password,
      'ssh password': ssh.password ?? '',
      'key passphrase': ssh.passphrase,
      'password of the replication account': made.replication,
      'password of the canary account': made.canary,
      'TSIG secret': dns.keySecret,
      'password in the shop’s configuration': accounts.app.password
    }
    expect(new Set(Object.values(planted)).size).toBe(7)
    for (const [name, value] of Object.entries(planted)) {
      expect(value.length).toBeGreaterThan(15)
      for (const form of formsOf(value)) words.set(form, name)
    }
    const move = plantedMove()
    writeFileSync(place('given.siteswap.json'), JSON.stringify(move))
    const hops = (id: string) => [0, 1].map((hop) => ({ id, hop }))
    const stop = watchProcesses(words)
    try {
      answer = await runFlow({
        movePath: place('given.siteswap.json'),
        knownHosts: ssh.knownHosts,
        data: place('data'),
        out: place('out'),
        servers: ['old-db', 'new-db', 'old-web1'],
        secrets: [
          { ref: databaseSecret('old-db'), value: accounts.admin.password, keep: 'keychain' },
          { ref: databaseSecret('new-db'), value: accounts.admin.password, keep: 'session' },
          ...hops('old-db').map(({ id, hop }) => ({
            ref: sshPasswordSecret(id, hop),
            value: ssh.password ?? '',
            keep: 'keychain' as const
          })),
          ...hops('new-db').map(({ id, hop }) => ({
            ref: sshPassphraseSecret(id, hop),
            value: ssh.passphrase,
            keep: 'session' as const
          })),
          { ref: dnsSecret(dns.name), value: dns.keySecret, keep: 'keychain' },
          { ref: replicationSecret, value: made.replication, keep: 'keychain' },
          { ref: canarySecret, value: made.canary, keep: 'keychain' }
        ]
      })
    } finally {
      watched = stop()
    }
  })
  afterAll(async () => {
    await lab?.down()
    rmSync(dir, { recursive: true, force: true })
  })

  it('were really used: by the doctor, in the link, the seed, the co-masters and the rehearsal', () => {
    expect(answer.runs).toEqual({ link: 'done', seed: 'done', replicate: 'done', rehearsal: 'done' })
    expect(answer.states).toEqual([
      ...[
        'denied',
        'keychain',
        'session',
        'keychain',
        'keychain',
        'session',
        'session',
        'keychain',
        'keychain',
        'keychain'
      ]
    ])
    expect(answer.calls['secrets.set']).toBe(11)
  })

  it('are found by the search when they are there', () => {
    const [first = ''] = words.keys()
    mkdirSync(place('proof'))
    const shapes = [first, `xy${Buffer.from(`a${first}bc`).toString('base64')}`, Buffer.from(first).toString('hex')]
    for (const [index, shape] of shapes.entries()) {
      writeFileSync(place('proof/file'), `before ${shape} after`)
      expect(findingsBelow(place('proof'), words).length, `shape ${index}`).toBeGreaterThan(0)
    }
    rmSync(place('proof'), { recursive: true })
  })

  it('are nowhere in the profile folder, journals, reports, exports, the home or the temporary folder', () => {
    const journals = readdirSync(place('data'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('journal.jsonl')
    )
    expect(journals.map((name) => statSync(place(`data/${name}`)).size > 20_000)).toContain(true)
    expect(readdirSync(place('out')).filter((name) => /\.(html|json)$/.test(name))).toHaveLength(3)
    for (const name of ['data', 'out', 'home', 'tmp']) expect(findingsBelow(place(name), words)).toEqual([])
  })

  it('never came back to the window: no answer and no event holds one', () => {
    const traffic = readFileSync(place('out/traffic.jsonl'), 'latin1')
    expect(traffic.length).toBeGreaterThan(100_000)
    expect([...words].filter(([word]) => traffic.includes(word)).map(([, name]) => name)).toEqual([])
    expect(answer.events.doctor).toBeGreaterThan(10)
    expect(answer.events.run).toBeGreaterThan(20)
  })

  it('stood in no command line and no environment, here or on the hosts, while it ran', () => {
    expect(watched.looks).toBeGreaterThan(30)
    expect(watched.seen).toEqual([])
  })

  it('were printed nowhere', () => {
    expect([...words].filter(([word]) => said.includes(word)).map(([, name]) => name)).toEqual([])
  })

  it('are left on no host but in the shop’s own configuration and where a replica keeps its source', () => {
    const left = lab.hosts.flatMap(({ name }) =>
      existsSync(hostDir(lab.dir, name)) ? findingsBelow(hostDir(lab.dir, name), words) : []
    )
    expect(left.some((found) => found.includes('shop.conf'))).toBe(true)
    const rightly = [
      /^password in the shop’s configuration: .*\/shop\.conf$/,
      /^password of the replication account: .*\/data\/master[^/]*\.info$/,
      // the lab made these accounts itself, in the clear
      /^(database password|password in the shop’s configuration): .*\/old-db\/data\/binlog\.\d+$/
    ]
    expect(left.filter((found) => !rightly.some((place) => place.test(found)))).toEqual([])
  })
})
