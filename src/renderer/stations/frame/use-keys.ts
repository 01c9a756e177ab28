import { useEffect } from 'react'
import { stationIds } from '../../../shared/journey'
import { openStation, togglePalette } from '../../state/shell'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Keys of an opened move: 1–7 stations, Ctrl/Cmd K palette, Ctrl/Cmd Enter next. Single keys never fire while somebody types. */
export const useKeys = (next: () => void): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const modifier = event.ctrlKey || event.metaKey
      if (modifier && event.key.toLowerCase() === 'k') togglePalette()
      else if (modifier && event.key === 'Enter' && !event.defaultPrevented) next()
      else if (!modifier && !event.altKey && !typing(event.target) && /^[1-7]$/.test(event.key)) {
        const station = stationIds[Number(event.key) - 1]
        if (station) openStation(station)
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [next])
}
