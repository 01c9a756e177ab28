import { rowsFile } from '../engine/drift-texts'
import type { OpenMoves } from '../engine/open-moves'
import type { Handlers } from './expose'
import type { DesktopServices } from './handlers'

type Names = Extract<keyof Handlers, `drift.${string}`>

interface DriftHandlerDeps {
  open: OpenMoves
  desktop: DesktopServices
  fileName(name: string, ending: string): string
}

/** Calls about the comparison of data. */
export const driftHandlers = ({ open, desktop, fileName }: DriftHandlerDeps): Pick<Handlers, Names> => ({
  'drift.state': async ({ moveId }) => open.get(moveId).drift.state(),
  'drift.start': async ({ moveId, wish }) => {
    void open.get(moveId).drift.start(wish)
    return null
  },
  'drift.plan': ({ moveId, lock }) => open.get(moveId).drift.plan(lock),
  'drift.stop': async ({ moveId }) => {
    open.get(moveId).drift.stop()
    return null
  },
  'drift.pause': async ({ moveId }) => {
    open.get(moveId).drift.pause()
    return null
  },
  'drift.resume': async ({ moveId }) => {
    open.get(moveId).drift.resume()
    return null
  },
  'drift.rows': async ({ moveId, schema, table, limit }) => open.get(moveId).drift.rows(schema, table, limit),
  'drift.exportRows': async ({ moveId, schema, table, format, mask }) => {
    const { drift } = open.get(moveId)
    const content = rowsFile(drift, { schema, table }, format, mask)
    const path = await desktop.chooseSavePath(fileName(`${schema}.${table}-differences`, format))
    if (!path) return null
    await desktop.writeFile(path, content)
    return { path }
  }
})
