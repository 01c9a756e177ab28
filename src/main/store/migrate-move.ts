/** A document as it was read: checked by the schema only after it was brought to today's version. */
export type RawDocument = Readonly<Record<string, unknown>>

/** Brings a document from one version to the next; pure, and careful with whatever a hand may have written. */
export type Migration = (document: RawDocument) => RawDocument

const isRecord = (value: unknown): value is RawDocument =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const whole = (value: unknown): unknown => (typeof value === 'number' ? Math.round(value) : value)

/** Version 2 keeps the places of the picture in whole pixels; its other new fields have defaults. */
const toVersion2: Migration = (document) => {
  const { layout } = document
  if (!isRecord(layout)) return document
  const places = Object.entries(layout).map(([name, place]): [string, unknown] => [
    name,
    isRecord(place) ? { ...place, x: whole(place.x), y: whole(place.y) } : place
  ])
  return { ...document, layout: Object.fromEntries(places) }
}

/** Step n leads from version n to version n + 1. A version that was given out is never changed, only followed by one more. */
export const moveMigrations: Readonly<Record<number, Migration>> = { 1: toVersion2 }

/** Goes up the chain until `version` is reached; a document of no known version comes back as it is. */
export const migrate = (
  document: RawDocument,
  version: number,
  steps: Readonly<Record<number, Migration>> = moveMigrations
): RawDocument => {
  let current = document
  for (;;) {
    const at = current.version
    if (typeof at !== 'number' || !Number.isInteger(at) || at < 1 || at >= version) return current
    const step = steps[at]
    if (!step) return current
    current = { ...step(current), version: at + 1 }
  }
}
