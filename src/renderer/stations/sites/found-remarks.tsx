import type { Discovery, FoundServer } from '../../../shared/discovery'
import { Section } from '../../parts/section'
import { ServerText } from '../../parts/server-text'
import { Status } from '../../parts/status'

const remarksOf = (found: FoundServer) => {
  const failed = found.addresses.flatMap(({ state }) => (state.kind === 'failed' ? [state.failure.what] : []))
  const hidden = found.addresses.flatMap(({ state }) =>
    state.kind === 'hidden' && found.identity === null ? [state.why] : []
  )
  return [
    ...[...failed, ...(failed.length > 0 ? [] : hidden)].map((text) => ({ tone: 'attention' as const, text })),
    ...found.notes
  ]
}

/** What was remarked on the found servers, and what to try where one was not reached. */
export function FoundRemarks({ discovery }: { discovery: Discovery }) {
  const told = discovery.servers.flatMap((found) => {
    const remarks = remarksOf(found)
    return remarks.length > 0 || found.fill.length > 0 ? [{ found, remarks }] : []
  })
  if (told.length === 0) return null
  return (
    <Section title="Remarks">
      <ul className="found-remarks">
        {told.map(({ found, remarks }) => (
          <li key={found.id}>
            <b>
              <ServerText cap={60}>{found.name}</ServerText>
            </b>
            {remarks.map(({ tone, text }) => (
              <Status key={text} status={tone === 'attention' ? 'attention' : 'info'} size={12}>
                <ServerText cap={400}>{text}</ServerText>
              </Status>
            ))}
            {found.fill.map((text) => (
              <span key={text} className="t2">
                {text}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}
