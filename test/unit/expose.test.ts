import { describe, expect, it, vi } from 'vitest'
import type { Handlers } from '../../src/main/ipc/expose'
import { fail } from '../../src/shared/failure'

vi.mock('electron', () => ({ ipcMain: { handle: () => {} } }))
const { answerCall } = await import('../../src/main/ipc/expose')

const sender = { isOurs: (id: number) => id === 1, origin: 'app://ui' }
const frame = (url: string, more: object = {}) => ({ url, parent: null, detached: false, ...more })
const event = (senderFrame: unknown, id = 1) =>
  ({ senderFrame, sender: { id } }) as unknown as Parameters<ReturnType<typeof answerCall>>[0]
const ours = event(frame('app://ui/index.html'))

const handlers = {
  'moves.list': async () => [],
  'moves.close': async () => {
    throw fail('conflict', 'It is busy.')
  },
  'doctor.run': async () => {
    throw new Error('driver text')
  }
} as unknown as Handlers
const answer = answerCall(handlers, sender)

describe('the door between window and main process', () => {
  it('answers a call of our own main frame', async () => {
    expect(await answer(ours, 'moves.list', {})).toEqual({ ok: true, value: [] })
  })

  it.each([
    ['no frame', event(null)],
    ['a frame inside the page', event(frame('app://ui/index.html', { parent: {} }))],
    ['a detached frame', event(frame('app://ui/index.html', { detached: true }))],
    ['about:blank', event(frame('about:blank'))],
    ['a data URL', event(frame('data:text/html,x'))],
    ['an empty URL', event(frame(''))],
    ['another host of the scheme', event(frame('app://evil/index.html'))],
    ['a file', event(frame('file:///index.html'))],
    ['another window', event(frame('app://ui/index.html'), 2)]
  ])('refuses %s', async (_name, from) => {
    expect(await answer(from, 'moves.list', {})).toMatchObject({ ok: false, failure: { kind: 'denied' } })
  })

  it.each([['toString'], ['__proto__'], ['constructor'], [42], [null]])('knows no call named %s', async (name) => {
    expect(await answer(ours, name, {})).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
  })

  it('refuses unknown keys, also those that reach for a prototype', async () => {
    const args = JSON.parse('{"moveId":"a","__proto__":{"x":1},"more":1}') as unknown
    expect(await answer(ours, 'moves.close', args)).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
  })

  it('refuses ten megabytes', async () => {
    expect(await answer(ours, 'app.copy', { text: 'x'.repeat(10 * 1024 * 1024) })).toMatchObject({
      ok: false,
      failure: { what: 'The message of the window is too large.' }
    })
  })

  it('turns a thrown failure into data and an unknown error into words without a stack', async () => {
    expect(await answer(ours, 'moves.close', { moveId: 'a' })).toEqual({
      ok: false,
      failure: { kind: 'conflict', what: 'It is busy.', try: [] }
    })
    const unknown = await answer(ours, 'doctor.run', { moveId: 'a', serverId: 'b' })
    expect(unknown).toMatchObject({ ok: false, failure: { kind: 'internal', words: 'driver text' } })
    expect(JSON.stringify(unknown)).not.toContain('expose.test')
  })
})
