import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { SqlBlock } from '../../parts/sql-block'
import { openStation } from '../../state/shell'
import type { Picture } from './picture'

const lines = (statements: readonly string[]): string => statements.map((one) => `${one};`).join('\n')

/** The statements about the links of a server, or of one link, to read and to copy; nothing is sent from here. */
export function StatementsDialog({ picture, id, onClose }: { picture: Picture; id: string; onClose: () => void }) {
  const links = picture.links.filter((link) => link.id === id || link.replica === id)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Statements, shown only"
      foot={
        <>
          <Button
            size="md"
            onPress={() => {
              onClose()
              openStation('replicate')
            }}
          >
            Replicate
          </Button>
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <p>
        Nothing is sent from here. What Siteswap itself does with links is in Replicate, where it is previewed,
        confirmed and can be undone.
      </p>
      {links.map((link) => (
        <section key={link.id} aria-label={link.id} className="stmts">
          <SqlBlock
            head={`${link.replica}: how the link from ${link.source} is`}
            sql={lines([link.status.words.status])}
          />
          <SqlBlock head={`${link.replica}: stop it`} sql={lines(link.status.words.stop)} />
          <SqlBlock head={`${link.replica}: start it`} sql={lines(link.status.words.start)} />
        </section>
      ))}
    </Dialog>
  )
}
