import { useState } from 'react'
import type { FoundAddress, FoundServer } from '../../../shared/discovery'
import type { SiteSide } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { visibleString } from '../../parts/visible-text'
import { addFound, askAt } from '../../state/discovery'
import { useMove } from '../../state/open-move'
import { placeOf, wayWords } from './found-words'

const few = (texts: string[]): string =>
  texts.length > 4 ? `${texts.slice(0, 4).join(', ')} and ${texts.length - 4} more` : texts.join(', ')

/** What ticking leads to, said before it is done: who is asked by which way and account, who is added where. */
export function FoundActions({ asks, adds, onDone }: FoundActionsProps) {
  const { move } = useMove()
  const [withPasswords, setWithPasswords] = useState(true)
  const [busy, setBusy] = useState(false)
  if (asks.length === 0 && adds.length === 0) return null
  const ways = [...new Set(asks.map(({ like }) => like))]
  const add = async () => {
    setBusy(true)
    const done = await addFound(
      adds.map(({ found, side }) => ({ server: found.id, side, name: visibleString(found.name, 100).slice(0, 120) })),
      withPasswords
    )
    setBusy(false)
    if (done) onDone()
  }
  return (
    <div className="discover-foot">
      {asks.length > 0 && (
        <div className="row wrap">
          <div className="col g4 s12">
            {ways.map((like) => {
              const places = asks.flatMap((ask) => (ask.like === like ? [visibleString(placeOf(ask.address), 60)] : []))
              return (
                <span key={like}>
                  <span className="m">{few(places)}</span> <span className="t2">{wayWords(move, like)}</span>
                </span>
              )
            })}
          </div>
          <span className="end">
            <Button
              variant="primary"
              onPress={() => {
                void askAt(asks.map(({ address, like }) => ({ address: address.id, like })))
                onDone()
              }}
            >
              {asks.length === 1 ? 'Ask this server' : `Ask ${asks.length} servers`}
            </Button>
          </span>
        </div>
      )}
      {adds.length > 0 && (
        <div className="row wrap">
          <Checkbox
            checked={withPasswords}
            onChange={setWithPasswords}
            hint="Those of the server each was asked like; they stay in the keychain."
          >
            With account and passwords
          </Checkbox>
          <span className="end">
            <Button
              variant={asks.length > 0 ? 'default' : 'primary'}
              icon="plus"
              busy={busy && 'Adding'}
              onPress={() => void add()}
            >
              {adds.length === 1
                ? `Add ${visibleString(adds[0]?.found.name ?? '', 40)} to ${move[adds[0]?.side ?? 'old'].name}`
                : `Add ${adds.length} servers`}
            </Button>
          </span>
        </div>
      )}
    </div>
  )
}

/** What is ticked. */
export type FoundActionsProps = {
  asks: readonly { address: FoundAddress; like: string }[]
  adds: readonly { found: FoundServer; side: SiteSide }[]
  onDone: () => void
}
