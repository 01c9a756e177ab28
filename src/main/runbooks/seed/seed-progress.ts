import type { StepProgress } from '../../../shared/runbook'

const averageMs = 10_000

/**
 * Reads what dump and dd say on standard error (`-- Retrieving table structure for table orders...`,
 * `12345 bytes (12 kB, 12 KiB) copied, 1 s, 12 kB/s`) into a progress that only ever grows.
 */
export const seedProgress = (tables: number, estimatedBytes: number, now: () => number) => {
  let rest = ''
  let bytes = 0
  const begun = new Set<string>()
  let table = ''
  const words: string[] = []
  const samples: { at: number; bytes: number }[] = [{ at: now(), bytes: 0 }]

  const readLine = (line: string) => {
    const copied = /^(\d+) bytes\b/.exec(line)
    const structure = /^-- Retrieving (?:table|view) structure for (?:table|view) (.+?)\.\.\.$/.exec(line)
    if (copied) {
      bytes = Math.max(bytes, Number(copied[1]))
      samples.push({ at: now(), bytes })
      while (samples.length > 2 && (samples[0]?.at ?? 0) < now() - averageMs) samples.shift()
    } else if (structure) {
      const name = structure[1] ?? ''
      // mysqldump asks for every table once more at the end, for views and triggers
      table = begun.has(name) ? '' : `table ${Math.min(tables, begun.size + 1)} of ${tables}: ${name}`
      begun.add(name)
    } else if (!/^-- |^\d+\+\d+ records |^\s*$/.test(line)) words.push(line)
  }

  return {
    take(text: string): StepProgress {
      const lines = (rest + text).split(/[\r\n]/)
      rest = lines.pop() ?? ''
      for (const line of lines) readLine(line)
      const [first, last] = [samples[0], samples.at(-1)]
      const seconds = first && last ? (last.at - first.at) / 1000 : 0
      const perSecond = first && last && seconds > 0.5 ? (last.bytes - first.bytes) / seconds : null
      const total = Math.max(estimatedBytes, bytes)
      return {
        text: table || (begun.size ? 'views, triggers and routines' : 'starting'),
        done: bytes,
        total,
        unit: 'bytes',
        perSecond,
        etaSeconds: perSecond ? Math.round((total - bytes) / perSecond) : null
      }
    },
    /** What the tools said that was not progress: warnings and errors. */
    words: () => [...words, rest].filter((line) => line.trim() !== '').join('\n')
  }
}
