import { useState } from 'react'
import type { DoctorState } from '../../../shared/doctor'
import { doctorText, doctorTroubles, type NamedClock } from '../../../shared/doctor-text'
import type { ServerEntry } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { CopyButton } from '../../parts/copy-button'
import { formatDuration } from '../../parts/format'
import type { Side } from '../../parts/half-disc'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { SqlBlock } from '../../parts/sql-block'
import { Status } from '../../parts/status'
import { visibleString } from '../../parts/visible-text'
import { Waterfall } from '../../parts/waterfall'
import { runDoctor } from '../../state/sites'
import { DoctorFigures } from './doctor-figures'
import { doctorLines, doctorStatus } from './doctor-layers'
import { DoctorTrouble } from './doctor-trouble'

/** The connection doctor: every layer from this computer to the line behind the sign-in, which one failed, why, and what to try. */
export function DoctorSection({ server, side, doctor, clocks = [] }: DoctorSectionProps) {
  const [full, setFull] = useState(false)
  const running = doctor.kind === 'running'
  const done = doctor.kind === 'done'
  const { status } = doctorStatus(doctor)
  const troubles = doctorTroubles(doctor)
  return (
    <Section
      title="Connection doctor"
      small={false}
      sub={
        done && (
          <>
            {formatDuration(doctor.tookMs)}, <Age at={doctor.at} staleAfterMs={3_600_000} ago />
          </>
        )
      }
      aside={
        <Button icon="refresh" busy={running && 'Checking'} onPress={() => void runDoctor(server.id)}>
          {doctor.kind === 'never' ? 'Run' : 'Run again'}
        </Button>
      }
    >
      {doctor.kind === 'never' && (
        <p className="s12 t2">
          Tests every layer, from the name to the grants, and says which one does not answer. It writes nothing.
        </p>
      )}
      {done && doctor.outdated && (
        <Note
          tone="att"
          title="Checked before your last change."
          actions={
            <Button size="sm" onPress={() => void runDoctor(server.id)}>
              Check again
            </Button>
          }
        >
          The way to {server.name}, or a password for it, is another one now. What stands below is about the way before.
        </Note>
      )}
      {done && doctor.ok && !doctor.outdated && troubles.length === 0 && (
        <Status status={status}>
          <span className="t2">{doctor.summary}</span>
        </Status>
      )}
      {doctor.kind !== 'never' &&
        troubles.map((trouble) => (
          <div key={`${trouble.layer}-${trouble.hop}`} className="doctor-part">
            <DoctorTrouble trouble={trouble} hops={doctor.hops} serverId={server.id} />
          </div>
        ))}
      {done && doctor.grantScript && (
        <div className="doctor-part">
          <SqlBlock
            head={`${server.name}, as its administrator`}
            side={side}
            sql={doctor.grantScript}
            small
            wraps
            bounded
          />
        </div>
      )}
      {doctor.kind !== 'never' && (running || full || (done && !doctor.ok)) && (
        <div className={full ? 'doctor-part doctor-layers full' : 'doctor-part doctor-layers'}>
          <Waterfall
            label={`Layers to ${server.name}`}
            layers={doctorLines(doctor, full).map((line) => ({
              ...line,
              words: visibleString(line.words, 300),
              detail: full ? line.detail.map((more) => visibleString(more, 600)) : []
            }))}
          />
        </div>
      )}
      {done && (
        <div className="doctor-part">
          <DoctorFigures measures={doctor.measures} others={clocks} />
        </div>
      )}
      {done && (
        <div className="row doctor-part">
          <Button size="sm" variant="ghost" pressed={full} onPress={() => setFull(!full)}>
            {full ? 'Fewer details' : 'All details'}
          </Button>
          <CopyButton text={doctorText(server.name, doctor, clocks)}>Copy as text</CopyButton>
        </div>
      )}
    </Section>
  )
}

/** What a `DoctorSection` is told; `clocks`: those of the move's other databases, to compare with. */
export type DoctorSectionProps = {
  server: ServerEntry
  side: Side
  doctor: DoctorState
  clocks?: readonly NamedClock[]
}
