import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabHost } from './hosts'
import { onOperator } from './network'
import { type LabProcess, startDaemon, tailOf, untilReady } from './processes'
import { type LabState, logDir } from './state'

const webAddresses = (state: LabState, site: LabHost['site']): string[] =>
  state.addresses.hosts.filter((host) => host.site === site && host.role === 'web').map((host) => host.fromOperator)

/** Starts the zone's authoritative server (takes RFC 2136 updates) and the caching resolver. */
export async function startDns(state: LabState): Promise<LabProcess[]> {
  const authority = await startAuthority(state)
  return [authority, await startResolver(state)]
}

async function startAuthority(state: LabState): Promise<LabProcess> {
  const { dns, addresses } = state
  const dir = join(state.dir, 'dns', 'knot')
  mkdirSync(dir, { recursive: true })
  const records = webAddresses(state, 'old').map((address) => `@ ${dns.ttlSeconds} A ${address}`)
  const zone = [
    `$ORIGIN ${dns.zone}.`,
    `$TTL ${dns.ttlSeconds}`,
    `@ SOA ns1 hostmaster 1 3600 600 86400 ${dns.ttlSeconds}`,
    '@ NS ns1',
    `ns1 3600 A ${addresses.authority}`,
    ...records,
    `www CNAME ${dns.zone}.`
  ]
  writeFileSync(join(dir, 'shop.zone'), `${zone.join('\n')}\n`)
  const config = `server:
    rundir: "${dir}"
    listen: ${addresses.authority}@${addresses.dnsPort}
control:
    listen: "${join(dir, 'knot.sock')}"
log:
  - target: stdout
    any: info
key:
  - id: ${dns.keyName}
    algorithm: ${dns.keyAlgorithm}
    secret: ${dns.keySecret}
acl:
  - id: update
    action: update
    key: ${dns.keyName}
template:
  - id: default
    storage: "${dir}"
database:
    storage: "${dir}"
zone:
  - domain: ${dns.zone}
    file: "shop.zone"
    acl: update
`
  writeFileSync(join(dir, 'knot.conf'), config, { mode: 0o600 })
  const argv = onOperator(state, ['/usr/sbin/knotd', '-c', join(dir, 'knot.conf')])
  const daemon = await startDaemon({ name: 'authority', argv, logDir: logDir(state.dir), labId: state.id })
  await untilReady(daemon, logDir(state.dir), logSays(state, 'authority', 'server started'), 15_000)
  return daemon
}

async function startResolver(state: LabState): Promise<LabProcess> {
  const { dns, addresses } = state
  const dir = join(state.dir, 'dns', 'unbound')
  mkdirSync(dir, { recursive: true })
  const config = `server:
    directory: "${dir}"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    logfile: ""
    interface: ${addresses.resolver}
    port: ${addresses.dnsPort}
    access-control: 0.0.0.0/0 allow
    do-ip6: no
    do-daemonize: no
    do-not-query-localhost: no
    module-config: "iterator"
    local-zone: "test." nodefault
    qname-minimisation: no
    outgoing-range: 64
    num-queries-per-thread: 32
    so-rcvbuf: 0
stub-zone:
    name: "${dns.zone}."
    stub-addr: ${addresses.authority}@${addresses.dnsPort}
remote-control:
    control-enable: no
`
  writeFileSync(join(dir, 'unbound.conf'), config)
  const argv = onOperator(state, ['/usr/sbin/unbound', '-d', '-c', join(dir, 'unbound.conf')])
  const daemon = await startDaemon({ name: 'resolver', argv, logDir: logDir(state.dir), labId: state.id })
  await untilReady(daemon, logDir(state.dir), logSays(state, 'resolver', 'start of service'), 15_000)
  return daemon
}

// in namespaces the port cannot be tried from here, so the server's own log tells when it answers
const logSays = (state: LabState, name: string, words: string) => (): boolean =>
  tailOf(join(logDir(state.dir), `${name}.log`), 50).includes(words)
