import type { Gate } from '../../../shared/runbook'
import { Age } from '../../parts/age'
import { Chip } from '../../parts/chip'
import { GateList } from '../../parts/gate-list'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { openStation } from '../../state/shell'
import { gateCount, gateStation, gateStatus, stationWords } from './gate-links'

/** Every condition of the switch with what was seen and when; one that is not green leads to where it is mended. */
export function GatesPanel({ gates, askedAt }: { gates: readonly Gate[]; askedAt: number }) {
  const { open, shut } = gateCount(gates)
  return (
    <Section
      title="Gates"
      small={false}
      sub={
        <Chip tone={shut.length ? 'dan' : open === gates.length ? 'ok' : 'att'}>
          {open} of {gates.length} green
        </Chip>
      }
      aside={<Age at={askedAt} staleAfterMs={60_000} prefix="asked" ago />}
    >
      <GateList
        label="Gates"
        gates={gates.map((gate) => {
          const station = gate.state === 'ok' ? null : gateStation(gate)
          return {
            id: gate.id,
            status: gateStatus(gate),
            title: station ? (
              <span title={[gate.todo, `Opens ${stationWords[station]}.`].filter(Boolean).join(' ')}>
                {gate.title} <span className="t3">→</span>
              </span>
            ) : (
              <span title={gate.todo}>{gate.title}</span>
            ),
            value: <ServerText>{gate.seen}</ServerText>,
            age: <Age at={gate.at} />,
            fix: station ? () => openStation(station) : undefined
          }
        })}
      />
    </Section>
  )
}
