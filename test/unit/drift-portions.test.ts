import { describe, expect, it } from 'vitest'
import { portionsOf } from '../../src/main/drift/read-tables'

const tables = (schema: string, count: number) =>
  Array.from({ length: count }, (_, index) => [schema, `t${index}`] as const)

describe('the portions a schema is read in', () => {
  it('hold whole small schemas together', () => {
    expect(portionsOf([...tables('a', 2), ...tables("b'", 3)])).toEqual(["TABLE_SCHEMA IN ('a','b''')"])
    expect(portionsOf([])).toEqual([])
  })

  it('divide a large schema, and begin anew before the limit', () => {
    const portions = portionsOf([...tables('a', 150), ...tables('b', 150), ...tables('c', 501)])
    expect(portions).toHaveLength(5)
    expect(portions.filter((one) => one.includes("'c'")).map((one) => one.match(/'t\d+'/g)?.length)).toEqual([
      250, 250, 1
    ])
    expect(portions.filter((one) => !one.includes("'c'"))).toEqual(["TABLE_SCHEMA IN ('a')", "TABLE_SCHEMA IN ('b')"])
    const named = portions.join(' ')
    expect(named.match(/'t\d+'/g)).toHaveLength(501)
    for (const schema of ["'a'", "'b'", "'c'"]) expect(named).toContain(schema)
  })
})
