import { binlogScenarios } from './binlog'
import { blockersScenarios } from './blockers-and-schema'
import { identityScenarios } from './identity'
import { replicationScenarios } from './replication'
import { variablesScenarios } from './variables-and-network'

/** Every check has at least one. */
export const scenarios = [
  ...identityScenarios,
  ...replicationScenarios,
  ...binlogScenarios,
  ...blockersScenarios,
  ...variablesScenarios
]
