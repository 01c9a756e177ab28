import { useEffect, useState } from 'react'

/** The time, renewed often enough for a counter that somebody watches; stands still while not `active`. */
export const useTick = (active: boolean, everyMs = 50): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!active) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [active, everyMs])
  return now
}
