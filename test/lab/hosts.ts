/** Every machine of the lab, with the addresses it is reached at. Pure: nothing here touches the network. */
export type LabMode = 'netns' | 'loopback'
export type LabSite = 'old' | 'new' | 'operator'
export type HostRole = 'db' | 'bastion' | 'web' | 'worker'
export type LinkName = 'ab' | 'ca' | 'cb'

export const linkNames: readonly LinkName[] = ['ab', 'ca', 'cb']

export interface LabHost {
  name: string
  site: 'old' | 'new'
  role: HostRole
  /** The host's own address: what its servers bind and what its neighbours of the same site use. */
  address: string
  /** How the operator and the customers reach it; differs from `address` in loopback mode only (a delaying relay). */
  fromOperator: string
  /** How the other site reaches it. */
  fromOtherSite: string
  sshPort: number
}

export interface LabAddresses {
  hosts: LabHost[]
  operator: string
  authority: string
  resolver: string
  customers: string
  dnsPort: number
  webPort: number
  databasePort: number
}

const roles: readonly [suffix: string, role: HostRole, last: number][] = [
  ['db', 'db', 1],
  ['bastion', 'bastion', 2],
  ['web1', 'web', 11],
  ['web2', 'web', 12],
  ['worker1', 'worker', 21]
]

/** The plan of addresses: 10.77.x.y in network namespaces, 127.`octet`.x.y with high ports on loopback. */
export function planAddresses(mode: LabMode, octet: number): LabAddresses {
  const base = mode === 'netns' ? '10.77' : `127.${octet}`
  const third = mode === 'netns' ? { old: [10, 10, 10], new: [20, 20, 20] } : { old: [10, 13, 12], new: [20, 23, 21] }
  const hosts = (['old', 'new'] as const).flatMap((site) =>
    roles.map(([suffix, role, last]): LabHost => {
      const [own, operator, other] = third[site]
      return {
        name: `${site}-${suffix}`,
        site,
        role,
        address: `${base}.${own}.${last}`,
        fromOperator: `${base}.${operator}.${last}`,
        fromOtherSite: `${base}.${other}.${last}`,
        sshPort: mode === 'netns' ? 22 : 2222
      }
    })
  )
  return {
    hosts,
    operator: `${base}.30.1`,
    authority: `${base}.30.53`,
    resolver: `${base}.30.54`,
    customers: `${base}.30.60`,
    dnsPort: mode === 'netns' ? 53 : 5300,
    webPort: mode === 'netns' ? 80 : 8080,
    databasePort: 3306
  }
}
