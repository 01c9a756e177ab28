import { layerNames, type DoctorTrouble as Trouble } from '../../../shared/doctor-text'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'

/** What one layer found wrong: the sentence, why, the other side's own words, and what to try. */
export function DoctorTrouble({ trouble, hops, serverId }: DoctorTroubleProps) {
  const { failure, layer, hop, failed } = trouble
  const place = hop === null || hops.length < 2 ? '' : `, hop ${hop + 1} of ${hops.length}`
  return (
    <div className="col g8">
      <Note tone={failed ? 'dan' : 'att'} title={failure.what}>
        {failure.why}
        <span className="doctor-place">
          {layerNames[layer]}
          {place}
          {failure.where && failure.where !== serverId && `: ${failure.where}`}
        </span>
        {failure.words && (
          <span className="doctor-words">
            <ServerText cap={600} mono>
              {failure.words}
            </ServerText>
          </span>
        )}
      </Note>
      {failure.try.length > 0 && (
        <div>
          <h3>What to try</h3>
          <ol className="tries">
            {failure.try.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}

/** What a `DoctorTrouble` is told; a failure at the server itself need not name it again. */
export type DoctorTroubleProps = { trouble: Trouble; hops: readonly string[]; serverId: string }
