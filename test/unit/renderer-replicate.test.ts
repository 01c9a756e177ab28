import { describe, expect, it } from 'vitest'
import { scriptAction } from '../../src/main/runbooks/link/script-action'
import { shellRun, shellWord } from '../../src/main/runbooks/link/shell'
import { explainLink, type LinkSetting } from '../../src/renderer/stations/replicate/explain-link'
import { commandLine } from '../../src/renderer/stations/runbook/command-line'
import { tableIn } from '../../src/shared/link-errors/link-error'
import { linkErrors } from '../../src/shared/link-errors/link-errors'
import type { Action } from '../../src/shared/runbook'
import type { LinkStatus, LinkWords } from '../../src/shared/server'
import type { LinkState, TopologyLink } from '../../src/shared/topology'
import { surveyedLink } from '../scenarios/link-status'

const words: LinkWords = {
  asked: 'SHOW ALL SLAVES STATUS',
  status: "SHOW SLAVE 'siteswap' STATUS",
  start: ["START SLAVE 'siteswap'"],
  stop: ["STOP SLAVE 'siteswap'"]
}
const link = (state: LinkState, status: Partial<LinkStatus> = {}): TopologyLink => ({
  id: 'a>b',
  source: 'a',
  replica: 'b',
  state,
  lagSeconds: null,
  lagHistory: [],
  crossesSites: true,
  at: 1,
  status: surveyedLink({ channel: 'siteswap', received: '0-1-9', applied: '0-1-7', words, ...status })
})
const setting: LinkSetting = {
  source: 'fra-db1',
  replica: 'lis-db1',
  sourceIsActive: true,
  active: 'fra-db1',
  bridgeDown: false
}
const duplicate = {
  code: 1062,
  text: "Could not execute Write_rows event on table shop.coupons; Duplicate entry '881204' for key 'PRIMARY', Error_code: 1062;"
}

describe('a link that does not run', () => {
  it('is nothing to explain while it runs or is only late', () => {
    expect(explainLink(link('running'), setting)).toBeNull()
    expect(explainLink(link('lagging'), setting)).toBeNull()
  })
  it('with a duplicate key names table, key and value, and does not offer to skip', () => {
    const trouble = explainLink(link('broken', { applier: 'stopped', applierError: duplicate }), setting)
    expect(trouble?.title).toBe('Applier on lis-db1 stopped: error 1062')
    expect(trouble?.serverWords).toBe(duplicate.text)
    expect(trouble?.happened).toContain('into shop.coupons is already on lis-db1 (value 881204 of key PRIMARY)')
    expect(trouble?.where).toContain('0-1-7')
    expect(trouble?.tries[0]?.go).toBe('drift')
    expect(trouble?.notOffered).toContain('Skipping')
  })
  it('tells the shop what it means: orders missing on the way there, no way back on the way back', () => {
    const broken = link('broken', { applierError: duplicate })
    expect(explainLink(broken, setting)?.means).toContain('falls behind with every order')
    expect(explainLink(broken, { ...setting, sourceIsActive: false })?.means).toContain('no way back')
    expect(explainLink(broken, { ...setting, active: null })?.means).toContain('not known which server takes writes')
  })
  it('is explained for every code by words, at least one way on, and statements that name their server', () => {
    for (const code of Object.keys(linkErrors).map(Number)) {
      const trouble = explainLink(link('broken', { receiverError: { code, text: 'words' } }), setting)
      expect(trouble?.title, `${code}`).toBe(`Receiver on lis-db1 stopped: error ${code}`)
      expect(trouble?.happened.length, `${code}`).toBeGreaterThan(40)
      expect(trouble?.tries.length, `${code}`).toBeGreaterThan(0)
      for (const one of trouble?.tries ?? [])
        expect(Boolean(one.statements), `${code} ${one.title}`).toBe(Boolean(one.server))
    }
  })
  it('never hides a code it does not know', () => {
    const trouble = explainLink(link('broken', { applierError: { code: 4242, text: 'odd' } }), setting)
    expect(trouble?.serverWords).toBe('odd')
    expect(trouble?.tries[0]?.statements).toEqual(["SHOW SLAVE 'siteswap' STATUS"])
  })
  it('with 1236 tells apart logs that are gone, packets that are too large and ids that are equal', () => {
    const happened = (text: string) =>
      explainLink(link('broken', { receiverError: { code: 1236, text } }), setting)?.happened
    expect(happened('Could not find first log file name in binary log index file')).toContain('does not have the logs')
    expect(happened('log event entry exceeded max_allowed_packet; Increase max_allowed_packet on source')).toContain(
      'larger than'
    )
    expect(happened('A replica with the same server_uuid/server_id as this replica has connected')).toContain(
      'same server id'
    )
  })
  it('that connects blames the bridge when the bridge is down', () => {
    expect(explainLink(link('connecting'), { ...setting, bridgeDown: true })?.happened).toContain('bridge')
    expect(explainLink(link('connecting'), setting)?.happened).toContain('by itself')
  })
  it('that was stopped by somebody is started with the statement of its own server', () => {
    expect(explainLink(link('stopped'), setting)?.tries.flatMap((one) => one.statements ?? [])).toEqual(words.start)
  })
  it('is stopped and started in that order where both are needed', () => {
    const trouble = explainLink(link('broken', { applierError: { code: 1594, text: '' } }), setting)
    expect(trouble?.tries.at(-1)?.statements).toEqual([...words.stop, ...words.start])
  })
})

describe('words of links', () => {
  it('give the table in either server’s error', () => {
    expect(tableIn('event on table shop.coupons; Duplicate')).toBe('shop.coupons')
    expect(tableIn('no such words')).toBeNull()
  })
})

describe('the line of a step', () => {
  const lineOf = (...actions: Action[]): string => commandLine({ actions })
  it('is not the clock that is read beside what is done', () => {
    const clock = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) AS now_us"
    const statements = [
      "SET @siteswap_hold = 'x'",
      'SET SESSION wait_timeout = 3',
      clock,
      'FLUSH TABLES WITH READ LOCK'
    ]
    const packet = { kind: 'sql' as const, server: 'a', session: 'hold', statements, onePacket: true, changes: true }
    expect(lineOf(packet)).toBe('FLUSH TABLES WITH READ LOCK')
  })
  const script = (...lines: string[]): string => lineOf(scriptAction('new-db', lines))

  it('is the first line of a script that does something', () => {
    expect(script('umask 077', 'mkdir -p /d', "[ -s /d/key ] || ssh-keygen -q -t ed25519 -N '' -f /d/key")).toBe(
      "ssh-keygen -q -t ed25519 -N '' -f /d/key"
    )
    expect(script('own_session=$(command -v setsid)', '"$own_session" sh /d/bridge.sh &')).toBe(
      '"$own_session" sh /d/bridge.sh &'
    )
    expect(
      script(
        `others() { grep -v ' mark$' "$1"; }`,
        '[ -e "$file" ] || { : >"$file"; }',
        'cp -p "$file" "$fresh"',
        'others "$file" >"$fresh"',
        '[ -z "$(tail -c 1 "$fresh")" ] || echo >>"$fresh"',
        `printf '%s\\n' "$entry" >>"$fresh"`
      )
    ).toBe(`printf '%s\\n' "$entry" >>"$fresh"`)
    expect(script('systemctl daemon-reload', 'systemctl restart bridge')).toBe('systemctl restart bridge')
    expect(script('h=$HOME', 'for one in "$h"/x; do rm -rf -- "$one"; done')).toContain('rm -rf')
  })

  it('says which file is written, not the shell that writes it', () => {
    const command = shellRun(`umask 077 && mkdir -p /d && cat >${shellWord("/d/it's.sh")}`)
    const armed = shellRun('umask 077\nd=$h/x\nmkdir -- "$d" || exit 75\ncat >"$d/watch.sh"')
    expect(lineOf({ kind: 'command', server: 'web1', command: armed, input: '', changes: true })).toBe(
      'cat >"$d/watch.sh"'
    )
    const redirect = `{ f=$(readlink -f -- /shop.conf) && n="$f.new" && mv -f -- "$n" "$f"\n} && h=$HOME`
    expect(lineOf({ kind: 'command', server: 'web1', command: redirect, input: null, changes: true })).toContain(
      'mv -f -- "$n" "$f"'
    )
    expect(lineOf({ kind: 'command', server: 'new-db', command, input: 'echo', changes: true })).toBe(
      `cat >'/d/it'\\''s.sh'`
    )
  })
})
