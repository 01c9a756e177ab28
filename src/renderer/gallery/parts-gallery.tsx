import { useState } from 'react'
import { Segmented } from '../parts/segmented'
import { PartsGalleryCharts } from './parts-gallery-charts'
import { PartsGalleryControls } from './parts-gallery-controls'
import { PartsGalleryFeedback } from './parts-gallery-feedback'
import { PartsGalleryFrame } from './parts-gallery-frame'
import { PartsGalleryLists } from './parts-gallery-lists'
import { PartsGalleryOverlays } from './parts-gallery-overlays'

const pages = ['controls', 'feedback', 'lists', 'charts', 'overlays', 'frame'] as const
type Page = (typeof pages)[number]

/** Every look-only part in every state, a page per kind; `page` is the one to begin with. */
export function PartsGallery({ page = 'controls' }: { page?: string }) {
  const [at, setAt] = useState<Page>(pages.find((known) => known === page) ?? 'controls')
  const [theme, setTheme] = useState<'dark' | 'light'>(
    document.documentElement.dataset.theme === 'light' ? 'light' : 'dark'
  )
  if (at === 'frame') return <PartsGalleryFrame onLeave={() => setAt('controls')} />
  return (
    <div className="col" style={{ height: '100%' }}>
      <div className="head">
        <h1>Parts</h1>
        <span className="sub hide-narrow">13 px base, 4 px grid, one primary action a view</span>
        <div className="acts">
          <Segmented label="Page" value={at} onChange={setAt} segments={pages.map((id) => ({ id, label: id }))} />
          <Segmented
            label="Theme"
            value={theme}
            onChange={(chosen) => {
              document.documentElement.dataset.theme = chosen
              setTheme(chosen)
            }}
            segments={[
              { id: 'dark', label: 'Dark', icon: 'moon' },
              { id: 'light', label: 'Light', icon: 'sun' }
            ]}
          />
        </div>
      </div>
      <div className="scroll pad gallery">
        <GalleryPage page={at} />
      </div>
    </div>
  )
}

function GalleryPage({ page }: { page: Exclude<Page, 'frame'> }) {
  switch (page) {
    case 'controls':
      return <PartsGalleryControls />
    case 'feedback':
      return <PartsGalleryFeedback />
    case 'lists':
      return <PartsGalleryLists />
    case 'charts':
      return <PartsGalleryCharts />
    case 'overlays':
      return <PartsGalleryOverlays />
    default:
      return page satisfies never
  }
}
