import { useEffect } from 'react'
import { CopyContext } from '../parts/copy-context'
import { useOpenMove } from '../state/open-move'
import { useShell } from '../state/shell'
import { FirstUse } from '../stations/frame/first-use'
import { MoveWindow } from '../stations/frame/move-window'
import { Notices } from '../stations/frame/notices'
import { ServerQuestions } from '../stations/frame/server-questions'
import { Home } from '../stations/home/home'
import { fakeBridge } from './fake-bridge'
import { appInfo } from './fixtures/app-info'
import { galleryPages } from './gallery-pages'
import { hands } from './hands'
import { PartsGallery } from './parts-gallery'
import type { Scene } from './scene'

/** What `main.tsx` hands over: the page's name, the theme asked for, and how to answer instead of the main process. */
export type GalleryProps = {
  page: string
  theme: string | null
  answerWith: (bridge: ReturnType<typeof fakeBridge>) => void
}

let begun: string | null = null

const begin = ({ page, theme, answerWith }: GalleryProps): Scene | null => {
  const scene = galleryPages[page]?.() ?? null
  document.documentElement.dataset.theme = theme === 'light' ? 'light' : 'dark'
  answerWith(fakeBridge(scene?.answers))
  if (!scene) return null
  useShell.setState({
    info: { ...appInfo, ...scene.info },
    hostKey: scene.hostKey ?? null,
    signIn: scene.signIn ?? null
  })
  if (scene.kind === 'home') useShell.setState({ moves: scene.moves, listFailure: scene.listFailure ?? null })
  else {
    useShell.setState({ station: scene.station, command: scene.command ?? null })
    useOpenMove.setState({
      state: { kind: 'open', open: scene.open, sessions: scene.sessions ?? 11 },
      saveFailure: scene.saveFailure ?? null
    })
  }
  return scene
}

let scene: Scene | null = null

/** One page of the gallery: `parts…` is the kit, every other name an app window with fixtures in its stores; no name lists them. */
export function Gallery(props: GalleryProps) {
  if (begun !== props.page) {
    begun = props.page
    scene = begin(props)
  }
  useEffect(() => {
    // A page says when it is finished, so that a picture is never taken half way.
    const work = scene?.after?.(hands) ?? Promise.resolve()
    work
      .catch((error) => console.error(error))
      .finally(() => {
        document.documentElement.dataset.gallery = 'ready'
      })
  }, [])
  if (props.page.startsWith('parts')) return <PartsGallery page={props.page.slice('parts-'.length)} />
  if (!scene) return <PageList />
  return (
    <CopyContext.Provider value={async () => {}}>
      {scene.kind === 'home' ? <Home /> : <MoveWindow />}
      <FirstUse />
      <ServerQuestions />
      <Notices />
    </CopyContext.Provider>
  )
}

const partsPages = ['controls', 'feedback', 'lists', 'charts', 'overlays', 'frame'].map((name) => `parts-${name}`)

function PageList() {
  return (
    <nav className="pad scroll" style={{ height: '100%' }} aria-label="Pages of the gallery" data-gallery-pages>
      <h1>Gallery</h1>
      <ul className="col g4 m">
        {[...partsPages, ...Object.keys(galleryPages)].map((name) => (
          <li key={name}>
            <a href={`?gallery=${name}`}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
