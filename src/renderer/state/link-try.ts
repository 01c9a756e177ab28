import type { LinkTry } from '../../shared/link-errors/link-error'
import { chooseTab } from './replicate'
import { openStation } from './shell'

/** Where what is tried against the error of a link is done: the words of the button that leads there, and the way. */
export const tryPlaces: Record<NonNullable<LinkTry['go']>, { label: string; run: (replica: string) => void }> = {
  drift: { label: 'Compare', run: () => openStation('drift') },
  preflight: { label: 'Preflight', run: () => openStation('preflight') },
  sites: { label: 'Test', run: (replica) => openStation('sites', `inspect:${replica}`) },
  seed: {
    label: 'Seed',
    run: () => {
      chooseTab('seed')
      openStation('replicate')
    }
  },
  bridge: {
    label: 'Bridge',
    run: () => {
      chooseTab('link')
      openStation('replicate')
    }
  }
}
