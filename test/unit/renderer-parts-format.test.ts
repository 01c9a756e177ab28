import { describe, expect, it } from 'vitest'
import { placeMarks } from '../../src/renderer/parts/budget-marks'
import { canaryBins, holdWindow } from '../../src/renderer/parts/canary-bins'
import {
  durationParts,
  formatAge,
  formatByteRate,
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatLag,
  formatLimit,
  formatMoment,
  formatPercent,
  formatRate
} from '../../src/renderer/parts/format'
import { lineDiff } from '../../src/renderer/parts/line-diff'
import { filterCommands, highlight } from '../../src/renderer/parts/palette-filter'
import { sqlTokens } from '../../src/renderer/parts/sql-tokens'
import { niceTop } from '../../src/renderer/parts/time-chart-options'
import { visibleString, visibleText } from '../../src/renderer/parts/visible-text'

/** The same text with thin and no-break spaces written as plain ones. */
const plain = (text: string) => text.replaceAll('\u2009', ' ').replaceAll('\u00a0', ' ')

describe('numbers', () => {
  it('are written in thin groups of three', () => {
    expect(formatCount(48211937)).toBe('48\u2009211\u2009937')
    expect(formatCount(9223372036854775807n)).toBe('9\u2009223\u2009372\u2009036\u2009854\u2009775\u2009807')
    expect(formatCount(-1234)).toBe('−1\u2009234')
    expect(formatCount(0)).toBe('0')
  })

  it('are the word "unknown" when they are not known, never 0', () => {
    for (const write of [
      formatCount,
      formatDuration,
      formatLag,
      formatBytes,
      formatByteRate,
      formatRate,
      formatPercent,
      formatClock
    ]) {
      expect(write(null)).toBe('unknown')
      expect(write(Number.NaN)).toBe('unknown')
    }
  })

  it('have a unit after a space that does not break', () => {
    expect(formatDuration(148)).toBe('148\u00a0ms')
  })
})

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [0.4, '0.4 ms'],
    [3, '3 ms'],
    [999, '999 ms'],
    [999.6, '1.00 s'],
    [2310, '2.31 s'],
    [9994, '9.99 s'],
    [9996, '10.0 s'],
    [12_340, '12.3 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min'],
    [248_000, '4 min 08 s'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 05 min'],
    [273_600_000, '3 d 4 h'],
    [-1500, '−1.50 s']
  ])('write %d ms as %s', (ms, words) => {
    expect(plain(formatDuration(ms))).toBe(words)
  })

  it('give number and unit apart for large counters', () => {
    expect(durationParts(1840)).toEqual({ value: '1.84', unit: 's' })
    expect(durationParts(null)).toEqual({ value: 'unknown', unit: '' })
  })

  it('that somebody set carry no decimals of their own', () => {
    expect(plain(formatLimit(10_000))).toBe('10 s')
    expect(plain(formatLimit(7_500))).toBe('7.5 s')
    expect(plain(formatLimit(200))).toBe('200 ms')
    expect(plain(formatLimit(20_000))).toBe('20 s')
  })

  it('of lag keep hundredths while it is small', () => {
    expect(plain(formatLag(0.21))).toBe('0.21 s')
    expect(plain(formatLag(0))).toBe('0 s')
    expect(plain(formatLag(248))).toBe('4 min 08 s')
  })
})

describe('ages', () => {
  it.each([
    [400, '0.4 s'],
    [0, '0 s'],
    [-50, '0 s'],
    [12_400, '12 s'],
    [59_600, '1 min'],
    [240_000, '4 min'],
    [3_580_000, '1 h'],
    [172_800_000, '2 d']
  ])('write %d ms as %s', (ms, words) => {
    expect(plain(formatAge(ms))).toBe(words)
  })
})

describe('amounts', () => {
  it('of bytes are decimal', () => {
    expect(plain(formatBytes(412_000))).toBe('412 kB')
    expect(plain(formatBytes(209_100_000_000))).toBe('209.1 GB')
    expect(plain(formatBytes(1_500_000n))).toBe('1.5 MB')
    expect(plain(formatBytes(999_600))).toBe('1 MB')
    expect(plain(formatBytes(100))).toBe('100 B')
    expect(plain(formatByteRate(52_400_000))).toBe('52.4 MB/s')
  })

  it('per second keep what they need', () => {
    expect(plain(formatRate(412))).toBe('412/s')
    expect(plain(formatRate(2560))).toBe('2 560/s')
    expect(plain(formatRate(0.61))).toBe('0.61/s')
  })

  it('in percent never claim all or nothing too early', () => {
    expect(plain(formatPercent(0.62))).toBe('62 %')
    expect(plain(formatPercent(0.999))).toBe('99 %')
    expect(plain(formatPercent(0.001))).toBe('1 %')
    expect(plain(formatPercent(1))).toBe('100 %')
  })
})

describe('clocks', () => {
  const at = Date.UTC(2026, 10, 22, 3, 12, 6, 629)
  it('are UTC, with milliseconds where order matters', () => {
    expect(formatClock(at)).toBe('03:12:06')
    expect(formatClock(at, true)).toBe('03:12:06.629')
    expect(formatMoment(at)).toBe('Sun 22 Nov 03:12:06 UTC')
  })
})

describe('text of a server', () => {
  it('stays as it is when nothing in it hides', () => {
    expect(visibleText('Größe 表 😀 \n\tjo')).toEqual({
      pieces: [{ kind: 'text', text: 'Größe 表 😀 \n\tjo' }],
      leftOut: 0
    })
  })

  it.each([
    ['\u202Egnp.exe', '\\u{202E}gnp.exe'],
    ['a\u2066b\u2069', 'a\\u{2066}b\\u{2069}'],
    ['adm\u200bin', 'adm\\u{200B}in'],
    ['\u0000x', '\\0x'],
    ['\u001b[31m', '\\e[31m'],
    ['a\rb', 'a\\rb'],
    ['a\u00a0b', 'a\\u{A0}b'],
    ['\ufeffid', '\\u{FEFF}id'],
    ['e\u0301', 'e\\u{301}'],
    ['\u0301e', '\\u{301}e'],
    ['\u212b', '\\u{212B}'],
    ['\ud800', '\\u{D800}'],
    ['\u{e0041}', '\\u{E0041}'],
    ['\u3164', '\\u{3164}']
  ])('shows %j as escapes', (raw, shown) => {
    expect(visibleString(raw)).toBe(shown)
  })

  it('marks escapes apart from a server that writes an escape itself', () => {
    expect(visibleText('\\u{202E}').pieces).toEqual([{ kind: 'text', text: '\\u{202E}' }])
    expect(visibleText('\u202e').pieces).toEqual([{ kind: 'escape', text: '\\u{202E}' }])
  })

  it('ends after its cap and says how much is missing', () => {
    expect(visibleText('x'.repeat(5000), 60)).toEqual({
      pieces: [{ kind: 'text', text: 'x'.repeat(60) }],
      leftOut: 4940
    })
  })
})

describe('SQL in colour', () => {
  it('is the input again when its pieces are joined', () => {
    const hostile = "SELECT 'a''b\\' -- no', `x``y`, \"z\", 0x1F, 1.5e3 /* open # comment\n-- tail\nFROM t"
    expect(
      sqlTokens(hostile)
        .map((token) => token.text)
        .join('')
    ).toBe(hostile)
  })

  it('knows keywords, strings, numbers and comments', () => {
    expect(sqlTokens('SET @@read_only = 1; -- done').filter((token) => token.kind !== 'plain')).toEqual([
      { kind: 'keyword', text: 'SET' },
      { kind: 'number', text: '1' },
      { kind: 'comment', text: '-- done' }
    ])
  })

  it('takes a column called like a keyword for a name after a dot', () => {
    expect(sqlTokens('t.key').map((token) => token.kind)).toEqual(['plain'])
  })
})

describe('differences of texts', () => {
  it('keep equal lines and name what came and went', () => {
    expect(lineDiff('a\nb\nc', 'a\nx\nc')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: 'c' }
    ])
  })
})

describe('canary bars', () => {
  it('count orders in the bin in which they were acknowledged', () => {
    const bins = canaryBins(
      [
        { at: 1000, tookMs: 5 },
        { at: 1199, tookMs: 5 },
        { at: 1200, tookMs: 5, failed: true },
        { at: 900, tookMs: 1 }
      ],
      1000,
      1400,
      200
    )
    expect(bins).toEqual([
      { from: 1000, count: 2, failed: 0 },
      { from: 1200, count: 0, failed: 1 }
    ])
  })

  it('draw a pause of 150 ms over a fifth of the strip', () => {
    const span = holdWindow({ from: 10_000, to: 10_150 }, 20_000)
    expect(150 / (span.to - span.from)).toBeGreaterThanOrEqual(0.2)
  })
})

describe('the palette', () => {
  const items = [
    { label: 'Report: rehearsals' },
    { label: 'Rehearse the cutover' },
    { label: 'Sites', words: 'hosts rehearsal' }
  ]
  it('puts first what begins with the words', () => {
    expect(filterCommands(items, 'rehe').map((item) => item.label)).toEqual([
      'Rehearse the cutover',
      'Report: rehearsals',
      'Sites'
    ])
    expect(filterCommands(items, 'cut rehe').map((item) => item.label)).toEqual(['Rehearse the cutover'])
  })

  it('marks the words found', () => {
    expect(
      highlight('Report: rehearsals', 'rehe')
        .map((piece) => (piece.hit ? `<${piece.text}>` : piece.text))
        .join('')
    ).toBe('Report: <rehe>arsals')
  })
})

describe('axes of charts', () => {
  it('end at a round number', () => {
    expect([0, 0.19, 1, 17, 248, 1_900_000].map(niceTop)).toEqual([1, 0.2, 1, 20, 300, 2_000_000])
  })
})

describe('the marks of a budget', () => {
  const marks = (now: number) => [
    { id: 'let' as const, at: 0.7, words: '7 s, lets go by itself' },
    { id: 'last' as const, at: 1, words: '10 s budget' },
    { id: 'rehearsed' as const, at: 0.015, words: '148 ms rehearsed' },
    { id: 'now' as const, at: now, words: '2.52 s' }
  ]
  const ends = (mark: { left: number; width: number }) => mark.left + mark.width

  it('stand inside the bar and never over one another, however wide it is and however far the pause', () => {
    for (let width = 0; width <= 1800; width += 43)
      for (let now = 0; now <= 1; now += 0.05) {
        const placed = placeMarks(marks(now), width).sort((a, b) => a.left - b.left)
        placed.forEach((mark, index) => {
          expect(mark.left).toBeGreaterThanOrEqual(0)
          expect(ends(mark)).toBeLessThanOrEqual(width + 1)
          const next = placed[index + 1]
          if (next) expect(ends(mark)).toBeLessThan(next.left)
        })
      }
  })

  it('a narrow panel still says where it lets go, and the end of the budget', () => {
    expect(placeMarks(marks(0.3), 240).map(({ id }) => id)).toEqual(['let', 'last'])
    expect(placeMarks(marks(0.3), 900).map(({ id }) => id)).toEqual(['let', 'last', 'rehearsed', 'now'])
  })
})
