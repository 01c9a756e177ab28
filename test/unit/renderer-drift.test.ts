import { describe, expect, it } from 'vitest'
import { brokenSql, byRisk, countVerdicts, tableKey, verdictWords } from '../../src/renderer/stations/drift/drift-words'
import { cellPieces, columnsOf, cutAround } from '../../src/renderer/stations/drift/row-view'
import { windowOf } from '../../src/renderer/stations/drift/use-window'
import type { RowDifference, TableDrift, TableVerdict } from '../../src/shared/drift'
import { isPersonal, masked } from '../../src/shared/personal-data'

const row: RowDifference = {
  kind: 'changed',
  key: { id: '7' },
  old: { id: '7', email: 'a@b', value: '10.00', note: null },
  new: { id: '7', email: 'a@b', value: '12.50', note: '' },
  columns: ['value', 'note']
}

describe('columns of differing rows', () => {
  it('begin with the key, then what differs, then the rest', () => {
    expect(columnsOf('coupons', [row]).map(({ name }) => name)).toEqual(['id', 'value', 'note', 'email'])
  })
  it('know keys, numbers, what changes and what is personal', () => {
    const [id, value, note, email] = columnsOf('coupons', [row])
    expect(id).toMatchObject({ key: true, number: true, changes: false })
    expect(value).toMatchObject({ key: false, number: true, changes: true })
    expect(note).toMatchObject({ number: false, changes: true, personal: false })
    expect(email).toMatchObject({ number: false, personal: true })
  })
  it('take the columns of rows that only one side has', () => {
    const missing: RowDifference = { ...row, kind: 'missing', new: null, columns: [] }
    expect(columnsOf('coupons', [missing]).map(({ name }) => name)).toEqual(['id', 'email', 'value', 'note'])
  })
  it('are personal by their name, a plain name only in a table of people', () => {
    for (const name of ['email', 'customer_name', 'phone_2', 'client_ip', 'password_hash', 'zip'])
      expect(isPersonal('orders', name), name).toBe(true)
    for (const name of ['name', 'price', 'description', 'shipping_cost', 'stock'])
      expect(isPersonal('products', name), name).toBe(false)
    expect(isPersonal('customers', 'name')).toBe(true)
  })
})

describe('values in cells', () => {
  it('are masked so that they cannot be read', () => {
    expect(masked('karla@example.com')).toBe('k••••@••••')
    expect(masked('Ünal')).toBe('Ü••••')
    expect(masked('')).toBe('')
  })
  it('are cut at their end when short of room, and around the difference when that is far inside', () => {
    expect(cutAround('short', 'other')).toEqual({ before: false, text: 'short', after: false })
    const long = `${'x'.repeat(200)}AUTUMN10${'y'.repeat(80)}`
    const cut = cutAround(long, long.replace('AUTUMN10', 'AUTUMN12'))
    expect(cut.before && cut.after).toBe(true)
    expect(cut.text).toContain('AUTUMN10')
    expect(cutAround(long, null)).toMatchObject({ before: false, after: true })
    expect(cutAround(long, `${long}z`).text.endsWith('y')).toBe(true)
  })
  it('show blanks at the ends and line breaks, and leave blanks inside alone', () => {
    expect(cellPieces('  a b ')).toEqual([
      { kind: 'blank', text: '␣␣' },
      { kind: 'text', text: 'a b' },
      { kind: 'blank', text: '␣' }
    ])
    expect(cellPieces('a\r\nb').map(({ text }) => text)).toEqual(['a', '⏎', 'b'])
    expect(
      cellPieces('   ')
        .map(({ text }) => text)
        .join('')
    ).toBe('␣␣␣')
  })
})

describe('the list of tables', () => {
  const table = (name: string, verdict: TableVerdict): TableDrift => ({
    schema: 's',
    table: name,
    estimatedRows: 1000,
    bytes: 1,
    verdict
  })
  const tables = [
    table('same', { kind: 'same', at: 1, position: '', rechecked: 0 }),
    table('queued', { kind: 'queued' }),
    table('doubt', { kind: 'inconclusive', at: 1, why: 'w' }),
    table('comparing', { kind: 'comparing', doneRows: 1200 }),
    table('differs', { kind: 'differs', at: 1, position: '', rows: 1, kinds: { changed: 1, missing: 0, extra: 0 } })
  ]
  const names = (running: boolean) => byRisk(tables, running).map(({ table: name }) => name)
  it('shows what was found first, and stands still otherwise while it runs', () => {
    expect(names(true)).toEqual(['differs', 'doubt', 'same', 'queued', 'comparing'])
    expect(names(false)).toEqual(['differs', 'doubt', 'comparing', 'queued', 'same'])
  })
  it('names views after all tables, and counts none of them', () => {
    const view: TableDrift = {
      schema: 'shop',
      table: 'view',
      estimatedRows: 0,
      bytes: 0,
      verdict: { kind: 'left-out', why: '' },
      view: true
    }
    for (const running of [true, false]) expect(byRisk([view, ...tables], running).at(-1)?.table).toBe('view')
    expect(countVerdicts([view, ...tables])).toEqual(countVerdicts(tables))
  })
  it('never says that all is done before it is', () => {
    expect(verdictWords(tables[3]?.verdict ?? { kind: 'queued' }, 1000).more).toBe('99 %')
  })
  it('tells tables of two schemas apart whatever they are called', () => {
    expect(tableKey({ schema: 'a.b', table: 'c' })).not.toBe(tableKey({ schema: 'a', table: 'b.c' }))
  })
})

describe('a long list', () => {
  it('draws what is in sight and keeps the height of the rest', () => {
    const { first, last, before, after } = windowOf(5600, 560, 56, 1000)
    expect([first, last]).toEqual([94, 116])
    expect(before + (last - first) * 56 + after).toBe(56_000)
  })
  it('never goes past its ends', () => {
    expect(windowOf(0, 500, 56, 3)).toEqual({ first: 0, last: 3, before: 0, after: 0 })
    expect(windowOf(90_000, 500, 56, 10)).toMatchObject({ last: 10, after: 0 })
    expect(windowOf(0, 500, 56, 0)).toEqual({ first: 0, last: 0, before: 0, after: 0 })
  })
})

describe('a definition in one line', () => {
  it('is broken at its clauses, and short or broken ones are left alone', () => {
    const text = `select \`a\`,\`b\` from \`t\` where \`a\` = 1 and \`b\` = 2 group by \`a\` order by \`b\` ${'-'.repeat(40)}`
    expect(brokenSql(text).split('\n').length).toBe(7)
    expect(brokenSql('select 1 from t')).toBe('select 1 from t')
  })
})
