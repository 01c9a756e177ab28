import { Component, type ReactNode } from 'react'
import { Button } from './button'
import { ErrorPanel } from './error-panel'

/** What a `Boundary` is told. */
export type BoundaryProps = { children: ReactNode }

type Drawn = { failed: null } | { failed: { words: string } }

/** Holds back a mistake in what is drawn inside it: the rest of the window stays, and the page can be drawn again. */
export class Boundary extends Component<BoundaryProps, Drawn> {
  override state: Drawn = { failed: null }

  static getDerivedStateFromError(error: unknown): Drawn {
    return { failed: { words: error instanceof Error ? error.message : String(error) } }
  }

  override render(): ReactNode {
    const { failed } = this.state
    if (!failed) return this.props.children
    return (
      <div className="pad scroll">
        <ErrorPanel
          title="This page could not be drawn"
          serverWords={failed.words || undefined}
          happened="Siteswap made a mistake in showing it. What the page shows comes from the app behind the window, which goes on."
          means="Nothing was sent to any server because of it. A run that is under way goes on, and writes that wait are let go by themselves at the end of their budget."
          tries={[
            { title: 'Draw it again', why: 'It shows what is true now.' },
            { title: 'If it comes back, close Siteswap and open it again', why: 'A run is found as it is then.' }
          ]}
          actions={
            <Button variant="primary" icon="refresh" onPress={() => this.setState({ failed: null })}>
              Draw it again
            </Button>
          }
        />
      </div>
    )
  }
}
