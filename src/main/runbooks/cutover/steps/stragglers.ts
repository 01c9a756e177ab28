import type { Row } from '../../../mysql/session'
import { addressOf } from '../../../redirect/connections'
import type { Hands, Step } from '../../../runbook/step'
import { type CutoverFacts, sessionNames } from '../facts'
import { connectionList } from '../words'

const quietMs = 15_000
const ownAccount = /^siteswap/

const left = async (hands: Hands, facts: CutoverFacts): Promise<Row[]> => {
  const own = facts.move[facts.from.site].servers.find((server) => server.id === facts.from.id)?.database?.user
  return (await hands.read(facts.from.id, sessionNames.watch, connectionList(facts.from.say))).filter(
    (row) => !ownAccount.test(row.user ?? '') && row.user !== own
  )
}

const inWords = (rows: Row[]): string =>
  [...new Set(rows.map((row) => `${row.user}@${addressOf(row.host ?? '')}`))].slice(0, 8).join(', ')

/** Whoever still speaks to the sealed server: refused, not lost. Ended when the person says so. */
export const stragglers = (): Step<CutoverFacts> => ({
  id: 'stragglers',
  group: 'After, at leisure',
  title: 'Stragglers',
  why: 'They are harmless: the old server is sealed and follows the new one. Each is somebody who has not been told yet.',
  server: (facts) => facts.from.id,
  deadlineMs: 10_000,
  actions: ({ fixed }) => [
    { kind: 'app', text: `Watch the connections on ${fixed.from.name}; if some are left, ask before they are ended.` },
    {
      kind: 'app',
      text: `${fixed.from.say.kill(0).replace('0', '‹connection›')} for each that is left, once you said so.`
    }
  ],
  perform: async (hands, { fixed }) => {
    const until = hands.now() + quietMs
    let rows = await left(hands, fixed)
    while (rows.length > 0 && hands.now() < until) {
      hands.progress({
        text: `${rows.length} left: ${inWords(rows)}`,
        done: null,
        total: rows.length,
        unit: 'connections',
        perSecond: null,
        etaSeconds: null
      })
      await hands.pause(500)
      rows = await left(hands, fixed)
    }
    if (rows.length === 0) return
    await hands.person(
      `${rows.length} connections are left on ${fixed.from.name}: ${inWords(rows)}. When you go on, those still there are ended.`
    )
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
    const rows = await left(hands, fixed)
    return {
      done: true,
      evidence:
        rows.length === 0 ? `nobody is left on ${fixed.from.name}` : `${rows.length} came back: ${inWords(rows)}`
    }
  },
  undo: () => ({ kind: 'nothing' })
})
