const seconds: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** `90`, `1m30s`, `2h` in seconds; null: not a time. */
export const parseDuration = (text: string): number | null => {
  if (!/^(\d+[smhdw]?)+$/i.test(text)) return null
  let total = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw]?)/gi))
    total += Number(count) * (seconds[(unit ?? '').toLowerCase()] ?? 1)
  return total <= 2_147_483_647 ? total : null
}
