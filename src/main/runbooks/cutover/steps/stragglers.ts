import type { Row } from '../../../mysql/session'
import type { Hands, Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames } from '../facts'
import { makeStragglerLedger, type StragglerLedger, stragglerWords } from '../straggler-ledger'
import { accountTotals, connectionList } from '../words'

/** So long is waited for them to leave by themselves; then a person decides, with the living list in sight. */
const patienceMs = 6000
/** So long nobody must have been seen. */
const quietMs = 2000
const lookEveryMs = 500
const ownAccount = /^siteswap/
const named = 8

const others = (facts: CutoverFacts, rows: Row[]): Row[] => {
  const own = facts.move[facts.from.site].servers.find((server) => server.id === facts.from.id)?.database?.user
  return rows.filter((row) => !ownAccount.test(row.user ?? '') && row.user !== own)
}

const left = async (hands: Hands, facts: CutoverFacts): Promise<Row[]> =>
  others(facts, await hands.read(facts.from.id, sessionNames.watch, connectionList(facts.from.say)))

/** Connections ever made per account; none where the server does not count them or does not tell. */
const totals = async (hands: Hands, facts: CutoverFacts): Promise<Row[]> =>
  facts.from.capabilities.performanceSchema
    ? others(facts, await hands.read(facts.from.id, sessionNames.watch, accountTotals).catch(() => []))
    : []

const look = async (hands: Hands, facts: CutoverFacts, ledger: StragglerLedger): Promise<number> => {
  const rows = await left(hands, facts)
  ledger.look(rows, await totals(hands, facts), hands.now())
  return rows.length
}

const inWords = (ledger: StragglerLedger, at: number): string => {
  const all = ledger.all()
  const more = all.length > named ? `; ${all.length - named} more` : ''
  return all
    .slice(0, named)
    .map((one) => stragglerWords(one, at))
    .join('; ')
    .concat(more)
}

/** What these looks could not see. */
const blindness = (ledger: StragglerLedger): string =>
  ledger.countsShort()
    ? ''
    : `; a connection shorter than ${lookEveryMs / 1000} s may be missed: this server does not count them`

const leftWords = (count: number, server: string, seen: string): string => {
  if (count === 0)
    return `Nobody is connected to ${server} at this moment, but somebody comes and goes. Seen: ${seen}. They are refused and lose nothing: go on when you know who it is.`
  return `${count} connection${count === 1 ? ' is' : 's are'} left on ${server}. Seen: ${seen}. When you go on, those still there are ended.`
}

/** Whoever still speaks to the sealed server: refused, not lost. Ended when the person says so. */
export const stragglers = (): Step<CutoverFacts> => ({
  id: 'stragglers',
  group: 'After, at leisure',
  title: 'Stragglers',
  why: 'They are harmless: the old server is sealed and follows the new one. Each is somebody who has not been told yet.',
  server: (facts) => facts.from.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => [
    {
      kind: 'app',
      text: `Watch the connections on ${fixed.from.name} until nobody was seen for ${quietMs / 1000} s; if some are left after ${patienceMs / 1000} s, ask before they are ended.`
    },
    {
      kind: 'app',
      text: `${fixed.from.say.kill(0).replace('0', '‹connection›')} for each that is left, once you said so.`
    }
  ],
  perform: async (hands, { fixed }) => {
    const ledger = makeStragglerLedger(fixed.move)
    const until = hands.now() + patienceMs
    for (;;) {
      const count = await look(hands, fixed, ledger)
      const at = hands.now()
      const quiet = ledger.quietSince()
      if (quiet !== null && at - quiet >= quietMs) return
      if (at >= until) break
      const words = inWords(ledger, at)
      hands.progress({
        text: `${count} left${words ? `: ${words}` : ''}`,
        done: null,
        total: count,
        unit: 'connections',
        perSecond: null,
        etaSeconds: null
      })
      await hands.pause(lookEveryMs)
    }
    const rows = await left(hands, fixed)
    await hands.person(leftWords(rows.length, fixed.from.name, inWords(ledger, hands.now())))
    for (const row of await left(hands, fixed))
      await hands
        .sql({
          kind: 'sql',
          server: fixed.from.id,
          session: sessionNames.operate,
          statements: [fixed.from.say.kill(row.id ?? '0')],
          onePacket: false,
          changes: true
        })
        .catch(() => undefined)
  },
  confirm: async (hands, { fixed }) => {
    const ledger = makeStragglerLedger(fixed.move)
    const count = await look(hands, fixed, ledger)
    const evidence =
      count === 0
        ? `nobody is connected to ${fixed.from.name}${blindness(ledger)}`
        : `${count} came back: ${inWords(ledger, hands.now())}`
    return { done: true, evidence }
  },
  undo: () => ({ kind: 'nothing' })
})
