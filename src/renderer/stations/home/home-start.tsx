import type { SavedSite } from '../../../shared/document'
import type { KeychainState } from '../../../shared/secret'
import { Icon, type IconName } from '../../parts/icon'
import { Kbd } from '../../parts/kbd'
import { useSavedSites } from '../../state/documents'
import { useKeychain } from '../../state/shell'

/** The ways to begin, and at the foot where secrets are kept. */
export function HomeStart({ onNew, onImport, onSites }: HomeStartProps) {
  const keychain = useKeychain()
  const sites = useSavedSites((saved) => saved.sites)
  return (
    <nav className="rail" aria-label="Begin">
      <div className="start">
        <h3>Start</h3>
        <StartAction
          icon="plus"
          name="New move"
          keys={['Ctrl', 'N']}
          words="Two sites, their servers, one plan"
          onPress={onNew}
        />
        <StartAction
          icon="import"
          name="Import"
          keys={['Ctrl', 'O']}
          words="A .siteswap.json file; nothing is contacted"
          onPress={onImport}
        />
        {sites !== null && <StartAction icon="folder" name="Saved sites" words={sitesWords(sites)} onPress={onSites} />}
      </div>
      <Keychain state={keychain} />
    </nav>
  )
}

const sitesWords = (sites: readonly SavedSite[]): string => {
  const waiting = sites.filter((site) => site.review !== null).length
  if (waiting > 0) return waiting === 1 ? 'One waits to be looked at' : `${waiting} wait to be looked at`
  if (sites.length === 0) return 'None yet; import one, or save one of a move'
  return sites.length === 1 ? '1 site for any move' : `${sites.length} sites for any move`
}

function StartAction({
  icon,
  name,
  keys,
  words,
  onPress
}: {
  icon: IconName
  name: string
  keys?: string[]
  words: string
  onPress: () => void
}) {
  return (
    <button type="button" className="start-act" onClick={onPress}>
      <Icon name={icon} />
      <span className="row">
        <span className="grow">{name}</span>
        {keys && <Kbd keys={keys} />}
      </span>
      <span className="s11 t2">{words}</span>
    </button>
  )
}

const titleOf = (state: KeychainState): string => {
  switch (state.kind) {
    case 'ready':
      return `Secrets: ${state.name}`
    case 'locked':
      return 'Secrets: the keychain is locked'
    case 'absent':
      return 'Secrets: no keychain here'
    case 'unknown':
      return 'Secrets: looking for a keychain'
    default:
      return state satisfies never
  }
}

const wordsOf = (state: KeychainState): string => {
  switch (state.kind) {
    case 'ready':
    case 'unknown':
      return 'Move files hold no passwords. Siteswap opens no listening port.'
    case 'locked':
    case 'absent':
      return `${state.why} Secrets can be kept for this session only; moves work all the same.`
    default:
      return state satisfies never
  }
}

function Keychain({ state }: { state: KeychainState }) {
  const bad = state.kind === 'absent' || state.kind === 'locked'
  return (
    <section className="wayback" aria-label="Where secrets are kept">
      <div className="h">
        <Icon name={bad ? 'alert' : 'key'} tone={bad ? 'att' : undefined} />
        {titleOf(state)}
      </div>
      {wordsOf(state)}
    </section>
  )
}

/** What `HomeStart` is told. */
export type HomeStartProps = { onNew: () => void; onImport: () => void; onSites: () => void }
