import { type Check, ok, stopUnlessWaived, warn } from '../check'
import { duration, shown } from '../evidence'
import { value } from '../facts'

export const clocksAgree: Check = {
  id: 'A15',
  group: 'identity',
  title: 'The clocks agree',
  why: 'Times in orders come from the server’s clock, and lag is measured with it.',
  judge: (facts) => {
    const [old, fresh] = [value(facts.old.clock), value(facts.new.clock)]
    const apart = Math.abs(old.offsetMs - fresh.offsetMs) / 1000
    const doubt = (old.roundTripMs + fresh.roundTripMs) / 2000
    const evidence = [
      shown(
        facts.old.clock,
        ['server', 'against this computer', 'round trip'],
        [
          [facts.old.name, `${old.offsetMs.toFixed(0)} ms`, `${old.roundTripMs.toFixed(1)} ms`],
          [facts.new.name, `${fresh.offsetMs.toFixed(0)} ms`, `${fresh.roundTripMs.toFixed(1)} ms`]
        ]
      )
    ]
    const remedies = [
      {
        text: 'Let both hosts keep time by NTP (chrony or systemd-timesyncd).',
        server: null,
        statements: [],
        undo: [],
        safe: false
      }
    ]
    const consequence = 'Orders would jump in time at the cutover, and coupons, sessions and reports would see it.'
    const title = `The clocks are ${apart < 10 ? `${apart.toFixed(1)} s` : duration(apart)} apart`
    if (apart - doubt > 60) return [stopUnlessWaived({ title, consequence, evidence, remedies })]
    if (apart - doubt > 1) return [warn({ title, consequence, evidence, remedies })]
    return [ok({ title: `Within ${Math.max(1, Math.round(apart * 1000))} ms`, evidence })]
  }
}
