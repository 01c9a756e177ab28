import { Age } from '../../../parts/age'
import { formatDuration } from '../../../parts/format'
import { Icon } from '../../../parts/icon'
import type { Box } from '../picture'

type Domain = Extract<Box, { kind: 'domain' }>

const agreement = (box: Domain): string => {
  const answers = box.state?.answers ?? []
  const wanted = box.pointsTo === 'new' ? box.domain.newValues : box.domain.oldValues
  const agree = answers.filter((answer) => answer.values.some((value) => wanted.includes(value))).length
  return answers.length === 0 ? 'not asked yet' : `${agree} of ${answers.length}`
}

/** A name of the shop: what it answers, and how many resolvers say the same. */
export function DomainBox({ box }: { box: Domain }) {
  const values = [...new Set(box.state?.answers.flatMap((answer) => answer.values) ?? [])]
  const at = Math.max(0, ...(box.state?.answers.map((answer) => answer.at) ?? []))
  return (
    <>
      <span className="n1">
        <Icon name="globe" className="ty" />
        <span className="nm" title={box.domain.name}>
          {box.domain.name}
        </span>
      </span>
      <span className="n2 m11">
        {box.domain.type} {values.length === 0 ? '' : values[0]}
        {values.length > 1 && ` +${values.length - 1}`}
      </span>
      <span className="n2 row g4">
        <span className="el">
          TTL{' '}
          {box.domain.ttlSeconds < 300
            ? `${box.domain.ttlSeconds}\u00a0s`
            : formatDuration(box.domain.ttlSeconds * 1000)}{' '}
          · {agreement(box)}
        </span>
        {at > 0 && (
          <span className="end">
            <Age at={at} staleAfterMs={120_000} />
          </span>
        )}
      </span>
    </>
  )
}
