import type { Connection } from 'mysql2/promise'
import type { OwnDatabase } from '../servers/own/database'

export interface BenchTable {
  name: string
  create: string
  /** Rows `from` to `to` of sequence `s`. */
  fill(from: number, to: number): string
  /** The floor: one CRC over all columns. */
  crc: string
  /** About `count` rows of `rows`, far apart or at random places. */
  drift(count: number, rows: number, random: boolean): string
  heal: string
}

const note = "CONCAT('note ', (id * 7919) % 100000, REPEAT(' and so on', 12))"
const wideNote = "CONCAT('note ', (id * 7919) % 100000)"

/** Few columns, about 220 bytes a row, one integer key. */
export const narrow: BenchTable = {
  name: 'narrow',
  create:
    'CREATE TABLE bench.narrow (id BIGINT NOT NULL PRIMARY KEY, customer INT NOT NULL, status VARCHAR(10) NOT NULL, total DECIMAL(10,2) NOT NULL, note VARCHAR(200), at DATETIME NOT NULL)',
  fill: (from, to) =>
    `INSERT INTO bench.narrow SELECT seq, seq % 9973, ELT(1 + seq % 3, 'open', 'paid', 'sent'), seq / 7, CONCAT('note ', (seq * 7919) % 100000, REPEAT(' and so on', 12)), '2024-01-01' + INTERVAL seq SECOND FROM seq_${from}_to_${to}`,
  crc: "BIT_XOR(CRC32(CONCAT_WS('#', id, customer, status, total, note, at)))",
  drift: (count, rows, random) =>
    random
      ? `UPDATE bench.narrow SET note = 'drifted' WHERE CRC32(id) % ${Math.floor(rows / count)} = 3`
      : `UPDATE bench.narrow SET note = 'drifted' WHERE id % ${Math.floor(rows / count)} = 7`,
  heal: `UPDATE bench.narrow SET note = ${note} WHERE note = 'drifted'`
}

/** Fourteen columns of many types, a composite key. */
export const wide: BenchTable = {
  name: 'wide',
  create:
    "CREATE TABLE bench.wide (shop SMALLINT NOT NULL, code VARCHAR(20) NOT NULL, id BIGINT NOT NULL, a INT, b BIGINT UNSIGNED, c DECIMAL(20,4), d DOUBLE, e DATE, f DATETIME(3), g TIMESTAMP NULL, h ENUM('x','y','z'), i VARBINARY(32), j TEXT, note VARCHAR(80), PRIMARY KEY (shop, code)) DEFAULT CHARSET utf8mb4",
  fill: (from, to) =>
    `INSERT INTO bench.wide SELECT seq % 50, CONCAT('K', LPAD(seq, 10, '0')), seq, seq * 3, seq * 123456789, seq / 13, seq / 17, '2020-01-01' + INTERVAL seq % 2000 DAY, '2024-01-01' + INTERVAL seq SECOND, '2024-02-02' + INTERVAL seq SECOND, ELT(1 + seq % 3, 'x', 'y', 'z'), UNHEX(MD5(seq)), REPEAT('lorem ipsum ', 1 + seq % 12), CONCAT('note ', (seq * 7919) % 100000) FROM seq_${from}_to_${to}`,
  crc: "BIT_XOR(CRC32(CONCAT_WS('#', shop, code, id, a, b, c, d, e, f, g, h, i, j, note)))",
  drift: (count, rows) => `UPDATE bench.wide SET note = 'drifted' WHERE id % ${Math.floor(rows / count)} = 7`,
  heal: `UPDATE bench.wide SET note = ${wideNote} WHERE note = 'drifted'`
}

const perInsert = 250_000

/** Makes a table with its rows on a server, without the binary log. */
export const fillTable = async (database: OwnDatabase, table: BenchTable, rows: number): Promise<void> => {
  const root = await database.root()
  try {
    await root.query('SET SESSION sql_log_bin = 0, foreign_key_checks = 0, unique_checks = 0')
    await root.query("SET SESSION time_zone = '+00:00'")
    await root.query('CREATE DATABASE IF NOT EXISTS bench DEFAULT CHARACTER SET utf8mb4')
    await root.query('USE bench')
    await root.query(`DROP TABLE IF EXISTS bench.${table.name}`)
    await root.query(table.create)
    for (let from = 1; from <= rows; from += perInsert)
      await root.query(table.fill(from, Math.min(rows, from + perInsert - 1)))
    await root.query(`ANALYZE TABLE bench.${table.name}`)
  } finally {
    await root.end()
  }
}

/** One full-scan CRC at the same moment on each server: nothing that reads all rows can be faster. Milliseconds. */
export const floorOf = async (roots: readonly Connection[], table: BenchTable): Promise<number> => {
  const began = performance.now()
  await Promise.all(roots.map((root) => root.query(`SELECT COUNT(*), ${table.crc} FROM bench.${table.name}`)))
  return performance.now() - began
}
