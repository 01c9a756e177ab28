/** How many rows of each kind the old shop holds; `scale` 1 makes about 234 000 rows in all. */
export const shopSize = (scale: number): { customers: number; products: number; orders: number } => ({
  customers: Math.max(50, Math.round(20_000 * scale)),
  products: Math.max(20, Math.round(2_000 * scale)),
  orders: Math.max(100, Math.round(52_000 * scale))
})

/** Mulberry32: small, seeded, the same on every computer. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const firstNames = [
  'Ada',
  'Béla',
  'Chloé',
  'Dörte',
  'Émile',
  'Fatma',
  'Grzegorz',
  'Håkon',
  'Ирина',
  'José',
  '健太',
  'Łucja',
  'Νίκος',
  '😀 Olga',
  'Søren',
  'Žofia'
]
const lastNames = [
  'Novák',
  "O'Brien",
  'Müller',
  'García',
  'Ångström',
  'Dvořák',
  'Smith',
  'Петрова',
  'Yılmaz',
  '山田',
  'Kowalski',
  'Nguyễn'
]
const cities = [
  ['London', 'GB'],
  ['Kraków', 'PL'],
  ['Zürich', 'CH'],
  ['Malmö', 'SE'],
  ['São Paulo', 'BR'],
  ['東京', 'JP'],
  ['Łódź', 'PL'],
  ['Köln', 'DE']
] as const
const things = [
  'Kettle',
  'Desk lamp 💡',
  'Notebook',
  'Café set ☕',
  'Rucksack',
  'Umbrella ☔',
  'Schraubenzieher',
  'Chaise',
  'Écharpe',
  '茶碗'
]

const text = (value: string): string => `'${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T
const day = 86_400_000
const start = Date.UTC(2023, 0, 1)
const stamp = (at: number, digits: number): string =>
  `'${new Date(at)
    .toISOString()
    .replace('T', ' ')
    .slice(0, 19 + (digits > 0 ? digits + 1 : 0))}'`
const uuid = (random: () => number): string => {
  const hex = () =>
    Math.floor(random() * 0x100000000)
      .toString(16)
      .padStart(8, '0')
  const all = hex() + hex() + hex() + hex()
  return `${all.slice(0, 8)}-${all.slice(8, 12)}-4${all.slice(13, 16)}-a${all.slice(17, 20)}-${all.slice(20)}`
}

const batchRows = 500

function* batches(table: string, rows: Iterable<string>): Generator<string> {
  let batch: string[] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length === batchRows) {
      yield `INSERT INTO ${table} VALUES ${batch.join(',')}`
      batch = []
    }
  }
  if (batch.length > 0) yield `INSERT INTO ${table} VALUES ${batch.join(',')}`
}

/** The old shop's rows as INSERT statements, the same for the same scale. */
export function* shopRows(scale: number): Generator<string> {
  const { customers, products, orders } = shopSize(scale)
  const random = randomFrom(20_250_101)
  const prices: number[] = []
  yield* batches(
    'customers',
    (function* () {
      for (let id = 1; id <= customers; id++) {
        const [city, country] = pick(cities, random)
        const preferences = JSON.stringify({
          newsletter: random() < 0.3,
          language: country.toLowerCase(),
          tags: random() < 0.2 ? ['vip', '⭐'] : []
        })
        const birthday =
          random() < 0.7
            ? `${stamp(Date.UTC(1950, 0, 1) + Math.floor(random() * 20_000) * day, 0).slice(0, 11)}'`
            : 'NULL'
        const name = `${pick(firstNames, random)} ${pick(lastNames, random)}`
        yield `(${id},'customer${id}@example.test',${text(name)},${text(city)},'${country}',${text(preferences)},${(random() * 200 - 20).toFixed(2)},${birthday},${stamp(start + Math.floor(random() * 500) * day, 0)})`
      }
    })()
  )
  yield* batches(
    'products',
    (function* () {
      for (let id = 1; id <= products; id++) {
        const price = Math.round(199 + random() * 40_000) / 100
        prices[id] = price
        const attributes = JSON.stringify({
          colour: pick(['red', 'blau', 'zelená', '黒'], random),
          sizes: [1, 2, 3].slice(0, 1 + Math.floor(random() * 3)),
          eco: random() < 0.4
        })
        const weight = random() < 0.9 ? (random() * 12).toFixed(4) : 'NULL'
        const picture = random() < 0.5 ? `x'${uuid(random).replace(/-/g, '')}'` : 'NULL'
        const description =
          random() < 0.8 ? text(`${pick(things, random)} — "${pick(things, random)}", 100% ✔\nline two\\`) : 'NULL'
        yield `(${id},'SKU-${String(id).padStart(6, '0')}',${text(`${pick(things, random)} № ${id}`)},${description},${price.toFixed(2)},${weight},${text(attributes)},${picture},${stamp(start + Math.floor(random() * 600 * day), 3)})`
      }
    })()
  )
  yield* batches(
    'stock',
    (function* () {
      for (let id = 1; id <= products; id++) {
        yield `(${id},'LON',${100_000 + Math.floor(random() * 1000)})`
        yield `(${id},'BRN',${Math.floor(random() * 500)})`
      }
    })()
  )
  const totals: number[] = []
  const items: string[] = []
  for (let id = 1; id <= orders; id++) {
    const count = 1 + Math.floor(random() * 3)
    let cents = 0
    for (let line = 1; line <= count; line++) {
      const product = 1 + Math.floor(random() * products)
      const quantity = 1 + Math.floor(random() * 4)
      cents += Math.round((prices[product] ?? 0) * 100) * quantity
      items.push(`(${id},${line},${product},${quantity},${(prices[product] ?? 0).toFixed(2)})`)
    }
    totals[id] = cents / 100
  }
  const placed = (id: number): number => start + Math.floor((id / orders) * 700 * day)
  yield* batches(
    'orders',
    (function* () {
      for (let id = 1; id <= orders; id++) {
        const status = random() < 0.95 ? 'shipped' : 'cancelled'
        const note =
          random() < 0.1
            ? text(pick(['please ring 🔔', "it's a gift", 'à livrer le soir', 'до 18:00'], random))
            : 'NULL'
        yield `(${id},'${uuid(random)}',${1 + Math.floor(random() * customers)},'${status}',${(totals[id] ?? 0).toFixed(2)},${note},${stamp(placed(id), 3)},${stamp(placed(id) + 60_000, 3)})`
      }
    })()
  )
  yield* batches('order_items', items)
  yield* batches(
    'payments',
    (function* () {
      for (let id = 1; id <= orders; id++) {
        const answer =
          random() < 0.5
            ? text(JSON.stringify({ provider: 'paytest', code: Math.floor(random() * 1e6), ok: true }))
            : 'NULL'
        yield `(${id},${id},'${pick(['card', 'transfer', 'invoice'], random)}',${(totals[id] ?? 0).toFixed(2)},${stamp(placed(id) + 1000, 3)},${answer})`
      }
    })()
  )
}
