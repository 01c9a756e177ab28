import type { Topology, TopologyNode } from '../../../shared/topology'

/** One difference between two pictures of a move. */
export interface Change {
  id: string
  sign: 'added' | 'removed' | 'changed' | 'reversed'
  /** What follows from it: it stops the cutover, changes behaviour, or was to be expected. */
  weight: 'stop' | 'behaviour' | 'expected'
  what: string
  /** The server it is marked on, or null. */
  server: string | null
  before: string | null
  after: string | null
}

/** Variables that differ between two moments without meaning anything. */
const restless =
  /^(timestamp|gtid_|uptime|rand_seed|pseudo_|last_|insert_id|identity|error_count|warning_count|skip_parallel|in_transaction|statistics_|innodb_buffer_pool_load|hostname$)/

const quiet = new Set(['max_connections', 'innodb_buffer_pool_size', 'version', 'slave_parallel_threads'])

const role = (node: TopologyNode): string | null =>
  node.survey ? (node.survey.readOnly ? 'read-only' : 'takes writes') : null

const serverChanges = (before: TopologyNode, after: TopologyNode): Change[] => {
  const [old, now] = [before.survey, after.survey]
  if (!old || !now) return []
  const server = after.server
  const changes: Change[] = []
  const put = (key: string, what: string, was: string | null, is: string | null, weight: Change['weight']) => {
    if (was !== is)
      changes.push({ id: `${server}:${key}`, sign: 'changed', weight, what, server, before: was, after: is })
  }
  put('identity', 'another server answers', old.identity.key, now.identity.key, 'stop')
  put('role', 'role', role(before), role(after), 'behaviour')
  put('version', 'version', old.identity.version, now.identity.version, 'expected')
  put('log_bin', 'binary log', String(old.logBin), String(now.logBin), 'stop')
  const names = new Set([...Object.keys(old.variables), ...Object.keys(now.variables)])
  for (const name of [...names].sort())
    if (!restless.test(name) && name !== 'read_only' && name !== 'version' && name !== 'log_bin')
      put(
        name,
        name,
        old.variables[name] ?? null,
        now.variables[name] ?? null,
        quiet.has(name) ? 'expected' : 'behaviour'
      )
  return changes
}

const linkChanges = (before: Topology, after: Topology): Change[] => {
  const has = (topology: Topology, source: string, replica: string) =>
    topology.links.some((link) => link.source === source && link.replica === replica)
  const changes: Change[] = []
  for (const link of after.links) {
    const name = `link ${link.source} → ${link.replica}`
    const was = before.links.find((one) => one.id === link.id)
    if (was) {
      if (
        was.state !== link.state &&
        [was.state, link.state].some((state) => state === 'broken' || state === 'stopped')
      )
        changes.push({
          id: link.id,
          sign: 'changed',
          weight: link.state === 'running' ? 'behaviour' : 'stop',
          what: name,
          server: link.replica,
          before: was.state,
          after: link.state
        })
      continue
    }
    const turned = has(before, link.replica, link.source) && !has(after, link.replica, link.source)
    changes.push({
      id: link.id,
      sign: turned ? 'reversed' : 'added',
      weight: turned ? 'behaviour' : 'expected',
      what: name,
      server: link.replica,
      before: null,
      after: link.state
    })
  }
  for (const link of before.links)
    if (!after.links.some((one) => one.id === link.id) && !has(after, link.replica, link.source))
      changes.push({
        id: `gone:${link.id}`,
        sign: 'removed',
        weight: 'behaviour',
        what: `link ${link.source} → ${link.replica}`,
        server: link.replica,
        before: link.state,
        after: null
      })
  return changes
}

const domainChanges = (before: Topology, after: Topology): Change[] =>
  after.domains.flatMap((domain) => {
    const values = (topology: Topology) =>
      [
        ...new Set(
          topology.domains.find((one) => one.name === domain.name)?.answers.flatMap((answer) => answer.values) ?? []
        )
      ]
        .sort()
        .join(', ')
    const [was, is] = [values(before), values(after)]
    return was && was !== is
      ? [
          {
            id: `domain-${domain.name}`,
            sign: 'changed' as const,
            weight: 'behaviour' as const,
            what: domain.name,
            server: null,
            before: was,
            after: is
          }
        ]
      : []
  })

/** What changed between two pictures: servers, roles, links, variables, DNS. Counters and positions are left out. Pure. */
export const topologyChanges = (before: Topology, after: Topology): Change[] => {
  const gone = before.nodes.filter((node) => !after.nodes.some((one) => one.server === node.server))
  const come = after.nodes.filter((node) => !before.nodes.some((one) => one.server === node.server))
  const both = after.nodes.flatMap((node) => {
    const was = before.nodes.find((one) => one.server === node.server)
    return was ? serverChanges(was, node) : []
  })
  return [
    ...come.map(
      (node): Change => ({
        id: `come:${node.server}`,
        sign: 'added',
        weight: 'expected',
        what: `server ${node.server}`,
        server: node.server,
        before: null,
        after: node.survey?.identity.version ?? null
      })
    ),
    ...gone.map(
      (node): Change => ({
        id: `gone:${node.server}`,
        sign: 'removed',
        weight: 'behaviour',
        what: `server ${node.server}`,
        server: null,
        before: node.survey?.identity.version ?? null,
        after: null
      })
    ),
    ...linkChanges(before, after),
    ...both,
    ...domainChanges(before, after)
  ]
}
