import { describe, expect, it } from 'vitest'
import { grantScript } from '../../src/main/sites/grant-script'
import { judgeClock, judgeRoundTrip, judgeThroughput } from '../../src/main/sites/judge-line'
import { clockOf, nextBytes, roundTripOf, throughputLimits, throughputOf } from '../../src/main/sites/line-figures'
import { strangerIn } from '../../src/main/ssh/first-words'
import { grantsDoctor, hopDoctor, slowDoctor, wellDoctor } from '../../src/renderer/gallery/fixtures/doctors'
import { doctorText, doctorTroubles } from '../../src/shared/doctor-text'
import { clockBetween, clockWords, sizeText } from '../../src/shared/line-words'

const trip = (sentMs: number, tookMs: number, serverMs: number | null = null) => ({
  sentMs,
  answeredMs: sentMs + tookMs,
  serverMs
})

describe('the figures of a line', () => {
  it('tell the median and what 95 % stay within', () => {
    const samples = [...Array.from({ length: 14 }, (_, index) => trip(index * 100, 10)), trip(2000, 90)]
    expect(roundTripOf(samples)).toEqual({ medianMs: 10, p95Ms: 34, samples: 15 })
    expect(roundTripOf([trip(0, 7)])).toEqual({ medianMs: 7, p95Ms: 7, samples: 1 })
    expect(roundTripOf([])).toBeNull()
  })

  it('read the clock from the quickest answer and doubt it by half its round trip', () => {
    const samples = [trip(1_000, 400, 9_000), trip(2_000, 20, 2_510), trip(3_000, 8)]
    expect(clockOf(samples)).toEqual({ at: 2_000, offsetMs: 500, uncertaintyMs: 11 })
    expect(clockOf([trip(0, 5)])).toBeNull()
  })

  it('compare two servers by what both are off this computer, with both doubts', () => {
    const one = { at: 0, offsetMs: 40, uncertaintyMs: 3 }
    const other = { at: 0, offsetMs: -60, uncertaintyMs: 5 }
    expect(clockBetween(one, other)).toEqual({ offsetMs: 100, uncertaintyMs: 8 })
    expect(clockWords(clockBetween(one, other), 'the clock of db2')).toBe('100 ms ahead of the clock of db2 (± 8 ms)')
    expect(clockWords(clockBetween(one, one), 'it')).toBe('the same as it (± 6 ms)')
    expect(clockWords({ offsetMs: -150_000, uncertaintyMs: 30 }, 'it')).toBe('2.5 min behind it (± 30 ms)')
  })

  it('take an empty question out of the time of the data, and ask for no more than 2 MiB', () => {
    expect(throughputOf(60_000, 40, 10)).toEqual({ bytes: 60_000, ms: 40, bytesPerSecond: 2_000_000 })
    expect(nextBytes({ bytes: 65_536, ms: 5, bytesPerSecond: 1e9 })).toBe(throughputLimits.mostBytes)
    expect(nextBytes({ bytes: throughputLimits.mostBytes, ms: 5, bytesPerSecond: 1e9 })).toBeNull()
    expect(nextBytes({ bytes: 65_536, ms: 900, bytesPerSecond: 72_000 })).toBeNull()
  })

  it('warn of a slow line, a small one and a wrong clock, and say what to try', () => {
    const slow = judgeRoundTrip({ medianMs: 412, p95Ms: 1_300, samples: 9 }, 'db1')
    expect(slow).toMatchObject({ state: 'warn', seen: 'median 412 ms, 95 % within 1.3 s' })
    expect(judgeRoundTrip({ medianMs: 12, p95Ms: 1_300, samples: 15 }, 'db1').failure?.why).toContain('stalls')
    expect(judgeThroughput({ bytes: 65_536, ms: 900, bytesPerSecond: 72_000 }, 'db1').failure?.why).toContain('4.1 h')
    expect(judgeClock({ at: 0, offsetMs: 3_000, uncertaintyMs: 5 }, 'db1').failure?.try.join()).toContain('chronyc')
    expect(judgeClock({ at: 0, offsetMs: 1_200, uncertaintyMs: 300 }, 'db1').state).toBe('ok')
    expect(sizeText(2 * 1024 * 1024)).toBe('2 MiB')
  })
})

describe('what answers instead of an SSH server', () => {
  it('is told by its first words', () => {
    expect(strangerIn('')).toEqual({ kind: 'silent' })
    expect(strangerIn('HTTP/1.1 400 Bad Request\r\n')).toEqual({ kind: 'web' })
    expect(strangerIn('Exceeded MaxStartups\r\n')).toEqual({ kind: 'crowded' })
    expect(strangerIn('Not allowed at this time\r\n')).toEqual({ kind: 'penalty' })
    expect(strangerIn('SSH-1.5-1.2.27\n')).toEqual({ kind: 'old-ssh', version: 'SSH-1.5-1.2.27' })
    expect(strangerIn('J\0\0\0\n9.7.0\0rest')).toEqual({ kind: 'database', version: '9.7.0' })
    expect(strangerIn('220 mail.example.com ESMTP\r\n')).toMatchObject({ kind: 'other' })
  })
})

describe('the grant script', () => {
  const nothing = { missingToObserve: [], missingToRun: [], missingToCopy: [], throughRoles: false, script: null }

  it('has one statement for each purpose, so that an account can be made for looking alone', () => {
    const script = grantScript("o'hara@10.%", {
      ...nothing,
      missingToObserve: ['PROCESS', 'SLAVE MONITOR'],
      missingToRun: ['READ_ONLY ADMIN', 'GRANT OPTION'],
      missingToCopy: ['CREATE VIEW']
    })
    expect(script?.split('\n')).toEqual([
      '-- to look: topology, checks, drift',
      "GRANT PROCESS, SLAVE MONITOR ON *.* TO 'o''hara'@'10.%';",
      '-- to run: bridge, replication, cutover',
      "GRANT READ_ONLY ADMIN ON *.* TO 'o''hara'@'10.%' WITH GRANT OPTION;",
      '-- to copy the data to a new server',
      "GRANT CREATE VIEW ON *.* TO 'o''hara'@'10.%';"
    ])
  })

  it('is none when nothing is missing, and names the grant option alone as USAGE', () => {
    expect(grantScript('a@b', nothing)).toBeNull()
    expect(grantScript('a@b', { ...nothing, missingToRun: ['GRANT OPTION'] })).toContain(
      "GRANT USAGE ON *.* TO 'a'@'b' WITH GRANT OPTION;"
    )
  })
})

describe('the doctor as text for a colleague', () => {
  it('names every layer with its time, the attempts with their answers, and what to try', () => {
    const text = doctorText('lis-db2', hopDoctor)
    expect(text).toContain('lis-db2: failed (214 ms, ')
    expect(text).toContain('hop 2 is deploy@lis-db2:22')
    expect(text).toMatch(/ok {7}hop 1 {2}SSH {12} 7 ms {2}SSH-2\.0-OpenSSH_9\.2p1/)
    expect(text).toMatch(/failed {3}hop 2 {2}SSH sign-in {4}91 ms {2}deploy@lis-db2:22 accepted none/)
    expect(text).toContain('(ssh-rsa SHA256:0Yx2bqQkVq4Y0eY6m2mWq0fVYqXn6Hj2cTgkz0aVbXk): refused, 21 ms')
    expect(text).toContain('try:   Check with `ssh-add -l` that the right key is loaded.')
  })

  it('holds the grant script and how the clocks stand to each other', () => {
    expect(doctorText('fra-db1', grantsDoctor)).toContain("ON *.* TO 'siteswap'@'localhost' WITH GRANT OPTION;")
    const other = { name: 'lis-db1', clock: { at: 0, offsetMs: 88, uncertaintyMs: 4.9 } }
    expect(doctorText('fra-db1', grantsDoctor, [other])).toContain('100 ms behind the clock of lis-db1 (± 10 ms)')
  })

  it('shows characters that could steer a terminal as codes', () => {
    const well = wellDoctor('db', 'web')
    if (well.kind !== 'done') throw new Error('the fixture is not done')
    const [first, ...rest] = well.rows
    if (!first) throw new Error('the fixture has no rows')
    const evil = { ...well, rows: [{ ...first, seen: 'a\u001b[2Jb\u202ec' }, ...rest] }
    expect(doctorText('db', evil)).toContain('a\\u001b[2Jb\\u202ec')
  })

  it('puts what failed before what is only slow', () => {
    expect(doctorTroubles(slowDoctor).map(({ layer, failed }) => [layer, failed])).toEqual([
      ['round-trip', false],
      ['throughput', false]
    ])
    expect(doctorTroubles(hopDoctor).map(({ layer, hop, failed }) => [layer, hop, failed])).toEqual([
      ['ssh-auth', 1, true]
    ])
  })
})
