import { type RefObject, useLayoutEffect, useState } from 'react'

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
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    measure()
    return () => observer.disconnect()
  }, [element])
  return room
}
