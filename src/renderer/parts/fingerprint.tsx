import { visibleString } from './visible-text'

/** A fingerprint in groups of four with alternating weight, six groups a line: made to be compared by eye. */
export function Fingerprint({ value }: { value: string }) {
  const shown = visibleString(value, 200)
  const colon = shown.startsWith('SHA256:') || shown.startsWith('MD5:') ? shown.indexOf(':') + 1 : 0
  const groups = shown.slice(colon).match(/.{1,4}/gu) ?? []
  return (
    <code className="fp" title={shown}>
      <span className="alg">{shown.slice(0, colon)}</span>
      {groups.map((group, index) => {
        const place = { gridColumn: (index % 6) + 2, gridRow: Math.floor(index / 6) + 1 }
        const key = `${index}`
        return index % 2 === 0 ? (
          <b key={key} style={place}>
            {group}
          </b>
        ) : (
          <span key={key} style={place}>
            {group}
          </span>
        )
      })}
    </code>
  )
}
