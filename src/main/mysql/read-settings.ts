import { failureOf } from '../../shared/failure'
import type { Row, Session, SessionOptions } from './session'
import { valuesOf } from './survey'

/** A part of what a server was asked, or why it did not tell. */
export type Told<T> = { kind: 'read'; value: T } | { kind: 'untold'; why: string }

/** What a server is set to and what it can do, beside its data. */
export interface ServerSettings {
  variables: Told<Record<string, string>>
  /** Plugins and components by name, with type, version and status as one text. */
  extensions: Told<Record<string, string>>
  /** How many named time zones are loaded. */
  timeZones: Told<number>
  /** Names of the collations, whose beginnings are the character sets. */
  collations: Told<string[]>
}

const told = async <T>(work: () => Promise<T>): Promise<Told<T>> => {
  try {
    return { kind: 'read', value: await work() }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.kind === 'cancelled') throw error
    return { kind: 'untold', why: failure.words ?? failure.what }
  }
}

const extensionsOf = (rows: readonly Row[]): Record<string, string> => {
  const found: Record<string, string> = Object.create(null)
  for (const row of rows) found[row.name ?? ''] = [row.type, row.version, row.status].filter((word) => word).join(' ')
  return found
}

const plugins =
  "SELECT PLUGIN_NAME AS name, PLUGIN_TYPE AS type, PLUGIN_VERSION AS version, PLUGIN_STATUS AS status FROM information_schema.PLUGINS WHERE PLUGIN_STATUS <> 'DELETED' ORDER BY 1"
const components =
  "SELECT REPLACE(component_urn, 'file://', '') AS name, 'COMPONENT' AS type, NULL AS version, 'ACTIVE' AS status FROM mysql.component ORDER BY 1"

/** Five small reads side by side of nothing that waits; a part that is refused or missing is told as such. */
export const readSettings = async (session: Session, ask: SessionOptions): Promise<ServerSettings> => ({
  variables: await told(async () => valuesOf(await session.query('SHOW GLOBAL VARIABLES', [], ask))),
  extensions: await told(async () => {
    const own = await session.query(plugins, [], ask)
    // Only MySQL 8 and later keep components; their absence is no failure.
    const more = await session.query(components, [], ask).catch((error: unknown) => {
      if (!session.open) throw error
      return []
    })
    return extensionsOf([...own, ...more])
  }),
  timeZones: await told(async () => {
    const [row] = await session.query('SELECT COUNT(*) AS n FROM mysql.time_zone_name', [], ask)
    return Number(row?.n ?? '0')
  }),
  collations: await told(async () =>
    (
      await session.query(
        'SELECT COLLATION_NAME AS name FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY ORDER BY 1',
        [],
        ask
      )
    ).flatMap((row) => row.name ?? [])
  )
})
