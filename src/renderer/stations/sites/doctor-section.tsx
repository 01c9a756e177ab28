import { useState } from 'react'
import type { DoctorState } from '../../../shared/doctor'
import type { ServerEntry } from '../../../shared/move'
import { Age } from '../../parts/age'
import { Button } from '../../parts/button'
import { CopyButton } from '../../parts/copy-button'
import { formatDuration } from '../../parts/format'
import type { Side } from '../../parts/half-disc'
import { Note } from '../../parts/note'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { SqlBlock } from '../../parts/sql-block'
import { Status } from '../../parts/status'
import { visibleString } from '../../parts/visible-text'
import { Waterfall } from '../../parts/waterfall'
import { runDoctor } from '../../state/sites'
import { doctorFailure, doctorLines, doctorStatus, doctorText } from './doctor-layers'

/** The connection doctor: every layer from this computer to the grants, which one failed, why, and what to try. */
export function DoctorSection({ server, side, doctor }: { server: ServerEntry; side: Side; doctor: DoctorState }) {
  const [shown, setShown] = useState(false)
  const running = doctor.kind === 'running'
  const { status } = doctorStatus(doctor)
  const failed = doctorFailure(doctor)
  const layers = running || failed !== null || status === 'attention' || shown
  return (
    <Section
      title="Connection doctor"
      small={false}
      sub={
        doctor.kind === 'done' && (
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
        <p className="s12 t2">Tests every layer, from the name to the grants, and says which one does not answer.</p>
      )}
      {doctor.kind === 'done' && doctor.ok && !failed && (
        <div className="row s12">
          <Status status={status}>
            <span className="t2">{doctor.summary}</span>
          </Status>
          {doctor.roundTripMs !== null && <span className="t3 nw">RTT {formatDuration(doctor.roundTripMs)}</span>}
          {status === 'ok' && (
            <span className="end">
              <Button size="sm" variant="ghost" pressed={shown} onPress={() => setShown(!shown)}>
                Layers
              </Button>
            </span>
          )}
        </div>
      )}
      {doctor.kind !== 'never' && layers && (
        <div className="doctor-layers">
          <Waterfall
            label={`Layers to ${server.name}`}
            layers={doctorLines(doctor.rows, server).map((line) => ({
              ...line,
              words: visibleString(line.words, 300)
            }))}
          />
        </div>
      )}
      {failed && (
        <div className="col g8" style={{ marginTop: 8 }}>
          <Note tone={doctor.kind === 'done' && doctor.ok ? 'att' : 'dan'} title={failed.failure.what}>
            {failed.failure.why}
            {failed.failure.where && <span className="m11 t2"> {failed.failure.where}</span>}
            {failed.failure.words && (
              <span className="doctor-words">
                <ServerText cap={600} mono>
                  {failed.failure.words}
                </ServerText>
              </span>
            )}
          </Note>
          {failed.failure.try.length > 0 && (
            <div>
              <h3>What to try</h3>
              <ol className="tries">
                {failed.failure.try.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            </div>
          )}
        </div>
      )}
      {doctor.kind === 'done' && doctor.grantScript && (
        <div style={{ marginTop: 8 }}>
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
      {doctor.kind === 'done' && layers && (
        <div className="row" style={{ marginTop: 8 }}>
          <CopyButton text={doctorText(doctor, server)}>Copy as text</CopyButton>
        </div>
      )}
    </Section>
  )
}
