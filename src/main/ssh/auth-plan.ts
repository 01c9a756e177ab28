import type { SshMethod } from '../../shared/ssh-settings'
import type { Identity } from './identities'
import type { WaysIn } from './ssh-auth'

/** What is offered to the server next; a password that is null is typed by a person. */
export type Offer =
  | { kind: 'key'; identity: Identity }
  | { kind: 'questions' }
  | { kind: 'password'; password: string | null }

export interface AuthPlan {
  /** The next offer among the ways the server would take now; null: there is none left. */
  next(taken: readonly string[]): Offer | null
}

/** As often as OpenSSH asks (NumberOfPasswordPrompts). */
const askedAtMost = 3

/** The order of the offers: method by method as OpenSSH prefers them, each key once, the stored password once, a person's answers three times. `asked`: the server has asked a person by itself, so that nobody is asked for a password besides. */
export const makeAuthPlan = (
  ways: WaysIn,
  methods: readonly SshMethod[],
  canAsk: boolean,
  asked: () => boolean = () => false
): AuthPlan => {
  const identities = [...ways.identities]
  let questions = canAsk ? askedAtMost : ways.password === null ? 0 : 1
  let password = ways.password
  let typed = canAsk ? askedAtMost : 0
  const offer = (method: SshMethod): Offer | null => {
    switch (method) {
      case 'publickey': {
        const identity = identities.shift()
        return identity ? { kind: 'key', identity } : null
      }
      case 'keyboard-interactive':
        return questions-- > 0 ? { kind: 'questions' } : null
      case 'password': {
        const once = password
        password = null
        if (once !== null) return { kind: 'password', password: once }
        return !asked() && typed-- > 0 ? { kind: 'password', password: null } : null
      }
      default:
        return method satisfies never
    }
  }
  return {
    next: (taken) => {
      for (const method of methods) {
        const made = taken.includes(method) ? offer(method) : null
        if (made) return made
      }
      return null
    }
  }
}
