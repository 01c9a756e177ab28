import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width an element has, in whole pixels; 0 before it is on the screen. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    const observer = new ResizeObserver(() => setWidth(Math.floor(target.clientWidth)))
    observer.observe(target)
    setWidth(Math.floor(target.clientWidth))
    return () => observer.disconnect()
  }, [element])
  return width
}
