/** Milliseconds as a person reads them: `850 ms`, `12.3 s`, `3 min 05 s`. */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** Prints what is being done, does it, and prints how long it took. */
export async function timed(text, act, print = console.log) {
  const started = Date.now()
  print(`setup: ${text} …`)
  const result = await act()
  print(`setup: ${text}: done, ${duration(Date.now() - started)}`)
  return result
}
