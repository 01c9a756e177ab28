import { binlogScenarios } from './binlog'
import { blockersScenarios } from './blockers-and-schema'
import { identityScenarios } from './identity'
import { replicationScenarios } from './replication'
import { variablesScenarios } from './variables-and-network'
import { versionsScenarios } from './versions'

/** Every check has at least one. */
export const scenarios = [
  ...identityScenarios,
  ...versionsScenarios,
  ...replicationScenarios,
  ...binlogScenarios,
  ...blockersScenarios,
  ...variablesScenarios
]
