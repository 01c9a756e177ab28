import { existsSync } from 'node:fs'
import { labFailure } from './processes'
import { runCommand } from './run-command'

/** Programs the lab needs, by the Debian package that holds them. */
const needed: readonly (readonly [path: string, debianPackage: string])[] = [
  ['/usr/sbin/mariadbd', 'mariadb-server'],
  ['/usr/bin/mariadb-dump', 'mariadb-client'],
  ['/usr/sbin/sshd', 'openssh-server'],
  ['/usr/bin/ssh-keygen', 'openssh-client'],
  ['/usr/sbin/knotd', 'knot'],
  ['/usr/sbin/unbound', 'unbound'],
  ['/usr/bin/python3', 'python3'],
  ['/usr/bin/hostname', 'hostname']
]

/** Packages that are not there yet. `ip` stands in different folders on different Debians. */
export function missingPackages(): string[] {
  const missing = needed
    .filter(([path]) => !existsSync(path) && !existsSync(path.replace('/usr', '')))
    .map(([, name]) => name)
  if (!['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'].some(existsSync)) missing.push('iproute2')
  return missing
}

/** Installs what is missing when root or with passwordless sudo; otherwise fails with the line to type. */
export async function ensurePackages(say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux')
    throw labFailure(
      `The lab needs Linux; this is ${process.platform}.`,
      'run it on Debian 12, for example in a virtual machine'
    )
  const missing = missingPackages()
  if (missing.length === 0) return
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const root = process.getuid?.() === 0
  const sudo =
    !root &&
    (await runCommand(['sudo', '-n', 'true']).then(
      () => true,
      () => false
    ))
  if (!existsSync('/usr/bin/apt-get') || (!root && !sudo))
    throw labFailure(`The lab needs packages that are not installed: ${missing.join(', ')}.`, `sudo ${line}`)
  say(`installing ${missing.join(', ')}`)
  // the lab starts its own servers; the packages' own ones are not wanted (SYSTEMD_OFFLINE: systemctl starts nothing)
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'SYSTEMD_OFFLINE=1']
  const prefix = sudo ? ['sudo', '-n', ...quiet] : quiet
  await runCommand([...prefix, 'apt-get', '-qq', 'update'], { deadlineMs: 180_000 })
  await runCommand([...prefix, ...line.split(' ')], { deadlineMs: 600_000 })
  const left = missingPackages()
  if (left.length > 0) throw labFailure(`apt-get did not bring ${left.join(', ')}.`, `sudo ${line}`)
}
