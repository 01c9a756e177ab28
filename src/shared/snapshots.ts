import { z } from 'zod'
import type { Json } from './journal'

/** What steps read before they changed anything, as the journal gives it back: checked, because an undo acts on it. */
const settings = z.record(z.string(), z.object({ value: z.string(), persisted: z.string().nullable() }))
const roles = z.object({ readOnly: z.boolean(), superReadOnly: z.boolean() })
const closed = roles.extend({ scheduler: z.string() })

/** Variables by name: the value, and the one kept over a restart (null: none). */
export type SettingsBefore = z.infer<typeof settings>
export type RolesBefore = z.infer<typeof roles>
export type ClosedBefore = z.infer<typeof closed>

/** null: the journal does not hold it. */
export const settingsBefore = (snapshot: Json): SettingsBefore | null => settings.safeParse(snapshot).data ?? null
export const rolesBefore = (snapshot: Json): RolesBefore | null => roles.safeParse(snapshot).data ?? null
export const closedBefore = (snapshot: Json): ClosedBefore | null => closed.safeParse(snapshot).data ?? null
