import { type RefObject, useEffect, useState } from 'react'

/** Which items of equal height are in sight, with a few more on both ends; the rest is only height. */
export interface ItemWindow {
  first: number
  last: number
  before: number
  after: number
}

const extra = 6

export const windowOf = (top: number, height: number, itemHeight: number, count: number): ItemWindow => {
  const first = Math.min(Math.max(0, count - 1), Math.max(0, Math.floor(top / itemHeight) - extra))
  const last = Math.min(count, Math.ceil((top + height) / itemHeight) + extra)
  return {
    first,
    last: Math.max(first, last),
    before: first * itemHeight,
    after: Math.max(0, count - last) * itemHeight
  }
}

/** Follows the scrolling of `box`. */
export const useWindow = (box: RefObject<HTMLElement | null>, itemHeight: number, count: number): ItemWindow => {
  const [place, setPlace] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => setPlace({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [box])
  return windowOf(place.top, place.height, itemHeight, count)
}
