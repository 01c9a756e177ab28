import { Button } from '../../parts/button'
import { HalfDisc } from '../../parts/half-disc'
import { Logo } from '../../parts/logo'

const steps = [
  ['Describe', 'the old site and the new one: their servers and how to reach them.'],
  ['Join', 'the two databases through an SSH tunnel and let the new one follow.'],
  ['Prove', 'that both hold the same rows, while orders keep coming.'],
  ['Throw', 'writes to the new site in a pause shorter than a page load, with a way back.']
] as const

/** The very first look: what the app does in one breath, and the two ways to begin. */
export function FirstRun({ onNew, onImport }: { onNew: () => void; onImport: () => void }) {
  return (
    <section className="first-run" aria-label="Welcome">
      <Logo size={40} />
      <h1>Move a web site’s database to another place. Drop no order.</h1>
      <p className="t2">
        Siteswap drives the move from this computer over SSH, shows every statement before it is sent, and ends with a
        report that proves what happened. Nothing is contacted until you say so.
      </p>
      <ol className="breath">
        {steps.map(([name, words], index) => (
          <li key={name}>
            <span className="n">
              {index === 0 ? (
                <HalfDisc side="old" label="" />
              ) : index === 3 ? (
                <HalfDisc side="new" label="" />
              ) : (
                index + 1
              )}
            </span>
            <b>{name}</b>
            <span className="t2">{words}</span>
          </li>
        ))}
      </ol>
      <div className="row">
        <Button variant="primary" size="md" icon="plus" keys={['Ctrl', 'N']} onPress={onNew}>
          New move
        </Button>
        <Button size="md" icon="import" keys={['Ctrl', 'O']} onPress={onImport}>
          Import a move
        </Button>
      </div>
    </section>
  )
}
