/** Sunday 22 November 2026, 03:12:04.318 UTC: the moment of the hold. */
export const holdAt = Date.UTC(2026, 10, 22, 3, 12, 4, 318)
/** When writes were possible again. */
export const openAt = holdAt + 2311
/** Milliseconds after the hold. */
export const at = (ms: number): number => holdAt + ms
/** Minutes as milliseconds. */
export const minutes = (count: number): number => count * 60_000

/** Where the old server stood in the hold. */
export const position = '0-101-48211690,1-102-2207'
