import type { Problems } from './plain-problems'
import type { TypedSecret } from './secret-field'
import type { HopDraft } from './server-draft'

/** What the fields of one hop are told; `path` is where it stands in the server (`ssh.0`), `place` where the saved chain has it. */
export interface HopFieldsProps {
  hop: HopDraft
  path: string
  problems: Problems
  put: (change: Partial<HopDraft>) => void
  serverId: string | null
  place: number | null
  secrets: Record<string, TypedSecret>
  /** The system's ssh signs in: it asks for no secret. */
  bySystem: boolean
  onSecret: (key: string, typed: TypedSecret) => void
}
