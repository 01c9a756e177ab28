import type { CallName } from '../../shared/contract'
import { failureOf } from '../../shared/failure'
import type { FakeAnswers } from './scene'

const nothing: FakeAnswers = {
  'app.copy': () => null,
  'secrets.state': ({ ref }) => (ref.startsWith('made/') ? { kind: 'missing' } : { kind: 'kept', where: 'keychain' }),
  'secrets.set': ({ keep }) => ({ kind: 'kept', where: keep }),
  'moves.save': () => ({ savedAt: Date.now() })
}

/** Answers calls from fixtures, in the shape the preload gives; what a page does not answer never comes. */
export const fakeBridge = (answers: FakeAnswers = {}) => ({
  call: async (name: string, args: unknown): Promise<unknown> => {
    const known = { ...nothing, ...answers } as Record<string, ((args: unknown) => unknown) | undefined>
    const answer = known[name as CallName]
    if (!answer) return new Promise(() => {})
    try {
      return { ok: true, value: answer(args) }
    } catch (error) {
      return { ok: false, failure: failureOf(error) }
    }
  },
  on: () => () => {}
})
