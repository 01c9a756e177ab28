import { cutoverPages } from './pages/cutover-pages'
import { discoverPages } from './pages/discover-pages'
import { driftPages } from './pages/drift-pages'
import { framePages } from './pages/frame-pages'
import { homePages } from './pages/home-pages'
import { importPages } from './pages/import-pages'
import { preflightPages } from './pages/preflight-pages'
import { replicatePages } from './pages/replicate-pages'
import { reportPages } from './pages/report-pages'
import { sitesPages } from './pages/sites-pages'
import { topologyPages } from './pages/topology-pages'
import type { GalleryPages } from './scene'

/** Every page of the gallery; one file per station. */
export const galleryPages: GalleryPages = {
  ...homePages,
  ...framePages,
  ...sitesPages,
  ...importPages,
  ...discoverPages,
  ...topologyPages,
  ...preflightPages,
  ...replicatePages,
  ...driftPages,
  ...cutoverPages,
  ...reportPages
}
