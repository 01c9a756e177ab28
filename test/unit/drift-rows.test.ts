import { describe, expect, it } from 'vitest'
import { rowsText } from '../../src/main/report/drift-rows'
import type { RowDifference } from '../../src/shared/drift'

const rows: RowDifference[] = [
  {
    kind: 'changed',
    key: { id: '9007199254740993' },
    old: { id: '9007199254740993', email: 'ada@example.com', note: '=HYPERLINK("http://x","y")' },
    new: { id: '9007199254740993', email: 'ada@example.org', note: 'two\nlines, "quoted"' },
    columns: ['email', 'note']
  },
  { kind: 'missing', key: { id: '7' }, old: { id: '7', email: null, note: '' }, new: null, columns: [] }
]
const at = { schema: 'shop', table: 'customers' }

describe('differing rows as a file', () => {
  it('keep NULL apart from an empty text, big numbers whole, and give a spreadsheet no formula', () => {
    expect(rowsText(at, rows, 'csv', false)).toBe(
      [
        'difference,site,differs in,id,email,note',
        'changed,old,email note,9007199254740993,ada@example.com,"\'=HYPERLINK(""http://x"",""y"")"',
        'changed,new,email note,9007199254740993,ada@example.org,"two\nlines, ""quoted"""',
        'missing,old,,7,\\N,',
        ''
      ].join('\n')
    )
  })
  it('give no formula whatever it begins with', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const value = `${start}1+1`
      const row: RowDifference = { kind: 'extra', key: { id: '1' }, old: null, new: { id: '1', v: value }, columns: [] }
      expect(rowsText(at, [row], 'csv', false)).not.toMatch(/,"?[=+\-@\t\r]/)
    }
  })
  it('are masked by column name when it is wanted, keys never', () => {
    const text = rowsText(at, rows, 'csv', true)
    expect(text).not.toContain('ada@')
    expect(text).toContain('a••••@••••')
    expect(text).toContain('9007199254740993')
  })
  it('are JSON as they were found', () => {
    expect(JSON.parse(rowsText(at, rows, 'json', false))).toEqual({ ...at, masked: false, rows })
    expect(JSON.parse(rowsText(at, rows, 'json', true))).toMatchObject({
      masked: true,
      rows: [{ old: { email: 'a••••@••••' } }, { old: { email: null } }]
    })
  })
})
