import { describe, expect, it } from 'vitest'
import { decideResume, type JournaledThrow, type SeenServer } from '../../src/main/runbooks/cutover/decide-resume'

const names = { from: 'old-db', to: 'new-db' }
const unreachable: SeenServer = { kind: 'unreachable', why: 'no answer.' }
const stranger: SeenServer = { kind: 'stranger' }
const seen = (readOnly: boolean, more: Partial<Extract<SeenServer, { kind: 'seen' }>> = {}): SeenServer => ({
  kind: 'seen',
  readOnly,
  waits: false,
  token: false,
  own: false,
  ...more
})
const open = seen(false)
const closed = seen(true)

describe('what is true after a restart, and the one safe step', () => {
  it.each<[string, SeenServer, SeenServer, JournaledThrow, string]>([
    ['nothing was thrown, nobody waits', open, closed, 'not-begun', 'abort'],
    [
      'nothing was thrown, the new server still waits for its token',
      open,
      seen(true, { waits: true }),
      'not-begun',
      'abort'
    ],
    ['the throw was on its way, but the old server takes writes: the lease freed it', open, closed, 'sent', 'abort'],
    [
      'the throw was on its way, the old server takes writes, the armed session still waits',
      open,
      seen(true, { waits: true }),
      'sent',
      'abort'
    ],
    ['the lease has not ended yet', seen(false, { waits: true }), closed, 'not-begun', 'observe'],
    [
      'sealed, and the new server has opened',
      seen(true, { token: true }),
      seen(false, { token: true }),
      'sent',
      'forward'
    ],
    [
      'sealed, and the new server has opened and has orders of its own',
      seen(true, { token: true }),
      seen(false, { token: true, own: true }),
      'observed',
      'forward'
    ],
    [
      'sealed with the token in the log, the new server still waits for it',
      seen(true, { token: true }),
      seen(true, { waits: true }),
      'sent',
      'observe'
    ],
    [
      'sealed with the token in the log, the armed time passed before it came',
      seen(true, { token: true }),
      closed,
      'sent',
      'forward'
    ],
    [
      'sealed with the token applied, but not opened',
      seen(true, { token: true }),
      seen(true, { token: true }),
      'sent',
      'forward'
    ],
    ['sealed, the token was never written', closed, closed, 'sent', 'unseal'],
    [
      'sealed, the token was never written, and the armed session still waits',
      closed,
      seen(true, { waits: true }),
      'sent',
      'unseal'
    ],
    [
      'both closed and the new server has transactions of its own',
      closed,
      seen(true, { own: true }),
      'sent',
      'observe'
    ],
    ['both closed, but this run never came to the throw', closed, closed, 'not-begun', 'abort'],
    ['both take writes', open, open, 'sent', 'observe'],
    [
      'the old server takes writes although the token stands in its log',
      seen(false, { token: true }),
      closed,
      'observed',
      'observe'
    ],
    ['the new server cannot be seen', open, unreachable, 'not-begun', 'observe'],
    ['the new server cannot be seen after a throw', seen(true, { token: true }), unreachable, 'sent', 'observe'],
    ['the old server cannot be seen and the new one is closed', unreachable, closed, 'sent', 'observe'],
    [
      'the old server cannot be seen and the new one has opened on the token',
      unreachable,
      seen(false, { token: true }),
      'sent',
      'forward'
    ],
    [
      'the old server cannot be seen and the new one was opened by somebody else',
      unreachable,
      seen(false),
      'not-begun',
      'observe'
    ],
    ['neither can be seen', unreachable, unreachable, 'sent', 'observe'],
    ['another server answers as the old one', stranger, closed, 'not-begun', 'observe'],
    ['another server answers as the new one', open, stranger, 'sent', 'observe']
  ])('%s', (_, from, to, journal, step) => {
    expect(decideResume({ from, to }, journal, names).step).toBe(step)
  })

  it('never opens the old server while the new one is open, unseen, or has transactions of its own', () => {
    const all = [
      unreachable,
      stranger,
      ...[true, false].flatMap((readOnly) =>
        [true, false].flatMap((waits) =>
          [true, false].flatMap((token) => [true, false].map((own) => seen(readOnly, { waits, token, own })))
        )
      )
    ]
    for (const from of all)
      for (const to of all)
        for (const journal of ['not-begun', 'sent', 'observed'] as const) {
          const { step, truth } = decideResume({ from, to }, journal, names)
          expect(truth.length).toBeGreaterThan(20)
          if (step !== 'unseal') continue
          expect(to).toMatchObject({ kind: 'seen', readOnly: true, own: false, token: false })
          expect(from).toMatchObject({ kind: 'seen', readOnly: true, token: false })
        }
  })

  it('goes forward only when the new server was seen and the old one is not seen to take writes', () => {
    for (const from of [open, seen(false, { waits: true }), seen(false, { token: true })])
      for (const to of [open, closed, seen(true, { token: true })])
        expect(decideResume({ from, to }, 'sent', names).step).not.toBe('forward')
  })
})
