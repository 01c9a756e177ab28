import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** The room an element has, in whole pixels; zero before it is on the screen. */
export const useRoom = (element: RefObject<HTMLElement | null>): { width: number; height: number } => {
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    const measure = () => {
      const [width, height] = [target.clientWidth, target.clientHeight]
      setRoom((known) => (known.width === width && known.height === height ? known : { width, height }))
    }
    const observer = new ResizeObserver(() => {
      // At once, before the canvas inside hears of it: it would take out what its old place leaves no room for, and put it in again.
      flushSync(measure)
    })
    observer.observe(target)
    measure()
    return () => observer.disconnect()
  }, [element])
  return room
}
