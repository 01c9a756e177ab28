import { useState } from 'react'
import type { OutsideEdit } from '../../../shared/document'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Dialog } from '../../parts/dialog'
import { Note } from '../../parts/note'
import { answerOutside } from '../../state/documents'
import { AskedList } from './asked-list'
import { ChangeList } from './change-list'

/** What the file says that is not here, and the choice between both; neither is lost. */
export function OutsideDialog({ outside, onClose }: OutsideDialogProps) {
  const [agreed, setAgreed] = useState(false)
  const decides = outside.kind === 'asks'
  const commands = decides ? outside.asksFor.commands : []
  const news = decides ? [...outside.asksFor.contacts, ...outside.asksFor.files] : []
  const answer = (choice: 'take' | 'keep') => {
    onClose()
    void answerOutside(choice)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={decides ? 'The file or what is here?' : 'Changed in the file'}
      foot={
        decides ? (
          <>
            <Button
              variant="primary"
              size="md"
              disabled={
                outside.why === 'running'
                  ? 'Wait for the run, or abort it.'
                  : commands.length > 0 && !agreed
                    ? 'Read the commands first, then tick the box.'
                    : false
              }
              onPress={() => answer('take')}
            >
              Take the file
            </Button>
            <Button size="md" onPress={() => answer('keep')}>
              Keep what is here
            </Button>
            <Button size="md" variant="ghost" autoFocus onPress={onClose}>
              Later
            </Button>
            <span className="end s11 t3">The other one stays among the earlier versions.</span>
          </>
        ) : (
          <Button size="md" autoFocus onPress={onClose}>
            Close
          </Button>
        )
      }
    >
      <div className="col g12">
        {outside.changes.length > 0 ? (
          <section className="col g4" aria-label="Changes">
            {decides && <h3>What the file would change</h3>}
            <ChangeList changes={outside.changes} />
          </section>
        ) : (
          <p>Both say the same by now.</p>
        )}
        {news.length + commands.length > 0 && (
          <Note tone="att" title="The file asks for something new.">
            Take it only if you know who wrote it.
          </Note>
        )}
        {news.length > 0 && <AskedList title="Contacted, used or changed for the first time" lines={news} />}
        {commands.length > 0 && (
          <>
            <AskedList title="Run when it comes to it" lines={commands} />
            <Checkbox checked={agreed} onChange={setAgreed}>
              I have read this and want it to be run
            </Checkbox>
          </>
        )}
      </div>
    </Dialog>
  )
}

/** What an `OutsideDialog` is told. */
export type OutsideDialogProps = {
  outside: Extract<OutsideEdit, { kind: 'asks' | 'taken' }>
  onClose: () => void
}
