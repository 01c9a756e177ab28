import { ServerText } from '../../parts/server-text'

/** Lines from a file of somebody else, under what they are. */
export function AskedList({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section className="col g4" aria-label={title}>
      <h3>{title}</h3>
      <ul className="contacts m s12 sel-text">
        {lines.map((line) => (
          <li key={line}>
            <ServerText cap={400}>{line}</ServerText>
          </li>
        ))}
      </ul>
    </section>
  )
}
