/** What was seen of one server after a restart. */
export type SeenServer =
  | { kind: 'unreachable'; why: string }
  /** Another server answers at this address. */
  | { kind: 'stranger' }
  | {
      kind: 'seen'
      readOnly: boolean
      /** A session of ours still holds the lock (old) or waits for the token (new). */
      waits: boolean
      /** The token stands in its log or has been applied. */
      token: boolean
      /** New server: transactions that the old one does not have. */
      own: boolean
    }

/** How far the journal says the run had come. `sent`: the intent of the throw is on disk. */
export type JournaledThrow = 'not-begun' | 'sent' | 'observed'

export type SafeStep = 'abort' | 'unseal' | 'forward' | 'observe'

/** One truth, and the one step that is safe now. */
export interface Resume {
  step: SafeStep
  truth: string
}

export interface Observation {
  from: SeenServer
  to: SeenServer
}

/** Names of the two ends for the sentences. */
export interface EndNames {
  from: string
  to: string
}

const observe = (truth: string): Resume => ({ step: 'observe', truth })

const unseen = (seen: SeenServer, name: string): string | null =>
  seen.kind === 'unreachable'
    ? `${name} cannot be seen: ${seen.why}`
    : seen.kind === 'stranger'
      ? `Another server answers as ${name}.`
      : null

/**
 * Rules 2 to 4 of the protocol as one table: observation wins over the journal; after a throw that may have left, the run counts as promoted
 * until the new server is seen read-only with nobody waiting for the token.
 */
export const decideResume = ({ from, to }: Observation, journal: JournaledThrow, names: EndNames): Resume => {
  if (from.kind === 'stranger' || to.kind === 'stranger')
    return observe(
      `${unseen(from, names.from) ?? unseen(to, names.to) ?? ''} Nothing is done until the right one answers.`
    )
  if (to.kind === 'unreachable')
    return observe(`${unseen(to, names.to)} Until it is seen, nobody knows whether it has opened.`)
  if (from.kind === 'unreachable') {
    if (!to.readOnly && to.token)
      return { step: 'forward', truth: `${names.to} takes writes. ${names.from} cannot be seen now.` }
    return observe(`${unseen(from, names.from)} ${names.to} is ${to.readOnly ? 'read-only' : 'open'}.`)
  }
  if (!to.readOnly && !from.readOnly)
    return observe(`Both servers take writes. Seal the one that should not, by hand, then observe again.`)
  if (!to.readOnly)
    return { step: 'forward', truth: `${names.to} takes writes, ${names.from} is sealed: the switch is done.` }
  if (!from.readOnly) {
    if (from.waits) return observe(`Writes still wait on ${names.from}; the lease ends within seconds and they go on.`)
    if (from.token)
      return observe(`${names.from} takes writes although its log holds the token: something else has unsealed it.`)
    return {
      step: 'abort',
      truth: `${names.from} takes writes, nothing was switched${to.waits ? `; ${names.to} waited for a token that will not come, and is disarmed` : ''}.`
    }
  }
  if (from.token) {
    if (to.waits)
      return observe(`The throw has left. ${names.to} waits for the token and opens itself when it has arrived.`)
    return {
      step: 'forward',
      truth: to.token
        ? `${names.from} is sealed and ${names.to} has everything, but has not opened: it can be opened now.`
        : `${names.from} is sealed; the token is on its way to ${names.to}.`
    }
  }
  if (to.own || to.token)
    return observe(
      `Both servers are closed, and ${names.to} has transactions that ${names.from} has not: neither may be opened before that is understood.`
    )
  if (journal === 'not-begun')
    return {
      step: 'abort',
      truth: `Nothing was switched by this run, but ${names.from} is read-only: something else has closed it.`
    }
  return {
    step: 'unseal',
    truth: `${names.from} was sealed, but the token was never written: ${names.from} can be opened again.`
  }
}
