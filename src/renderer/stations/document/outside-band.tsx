import { useState } from 'react'
import type { OutsideEdit } from '../../../shared/document'
import { changesTitle } from '../../../shared/move-changes'
import { Button } from '../../parts/button'
import { Note } from '../../parts/note'
import { answerOutside, travel } from '../../state/documents'
import { useMove } from '../../state/open-move'
import { OutsideDialog } from './outside-dialog'

const titleOf = (outside: OutsideEdit): string => {
  switch (outside.kind) {
    case 'taken':
      return 'The move’s file was changed by another program, and taken over'
    case 'unreadable':
      return 'The move’s file was changed by another program and cannot be read'
    case 'gone':
      return 'The move’s file is gone from the disk'
    case 'asks':
      return 'The move’s file was changed by another program: which one counts?'
    default:
      return outside satisfies never
  }
}

const whys = {
  unsaved: 'Something here is not saved yet.',
  running: 'A run is going on and keeps what it began with.',
  'new-ways': 'It would contact, run or read something new.'
} as const

const subOf = (outside: OutsideEdit): string => {
  switch (outside.kind) {
    case 'taken':
      return changesTitle(outside.changes)
    case 'unreadable':
      return [outside.failure.what, outside.failure.why].filter(Boolean).join(' ')
    case 'gone':
      return 'What is here still counts.'
    case 'asks':
      return whys[outside.why]
    default:
      return outside satisfies never
  }
}

/** Above the station: somebody else wrote the file of this move. */
export function OutsideBand() {
  const { outside } = useMove().document
  const [shown, setShown] = useState(false)
  if (!outside) return null
  return (
    <>
      <div className="outside-note">
        <Note
          tone={outside.kind === 'taken' ? 'info' : 'att'}
          title={`${titleOf(outside)}${outside.kind === 'asks' ? '' : '.'}`}
          aside={
            <div className="row">
              {outside.kind === 'taken' && (
                <>
                  <Button size="sm" onPress={() => setShown(true)}>
                    What changed
                  </Button>
                  <Button size="sm" icon="back" onPress={() => void travel('undo')}>
                    Undo
                  </Button>
                  <Button size="sm" variant="ghost" onPress={() => void answerOutside('dismiss')}>
                    Dismiss
                  </Button>
                </>
              )}
              {outside.kind === 'asks' && (
                <Button size="sm" variant="primary" onPress={() => setShown(true)}>
                  Compare and decide
                </Button>
              )}
              {(outside.kind === 'unreadable' || outside.kind === 'gone') && (
                <Button size="sm" onPress={() => void answerOutside('keep')}>
                  Write what is here
                </Button>
              )}
            </div>
          }
        >
          {subOf(outside)}
        </Note>
      </div>
      {shown && (outside.kind === 'asks' || outside.kind === 'taken') && (
        <OutsideDialog outside={outside} onClose={() => setShown(false)} />
      )}
    </>
  )
}
