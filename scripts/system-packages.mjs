import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { timed } from './say.mjs'

/**
 * Every Debian package that the project uses, and what for. `app` opens the window, `lab` runs the demo's two sites, `test` the app tests.
 * Several names: newer releases renamed the package, any of them will do.
 */
export const systemPackages = [
  { names: ['libgtk-3-0t64', 'libgtk-3-0'], for: 'app', why: 'the window' },
  { names: ['libnss3'], for: 'app', why: 'cryptography of the window' },
  { names: ['libasound2t64', 'libasound2'], for: 'app', why: 'Electron links against it' },
  { names: ['libgbm1'], for: 'app', why: 'graphics buffers of the window' },
  { names: ['libsecret-1-0'], for: 'app', why: 'the keychain' },
  { names: ['mariadb-server'], for: 'lab', why: 'MariaDB servers of both sites' },
  { names: ['openssh-server'], for: 'lab', why: 'sshd of both sites' },
  { names: ['openssh-client'], for: 'lab', why: 'the bridge between the sites, ssh-keygen, ssh-agent' },
  { names: ['iproute2'], for: 'lab', why: 'network namespaces' },
  { names: ['procps'], for: 'lab', why: 'ps, to see what runs on a host' },
  { names: ['hostname'], for: 'lab', why: 'the name of a lab host' },
  { names: ['python3'], for: 'lab', why: 'the relay between the namespaces' },
  { names: ['knot'], for: 'lab', why: 'the DNS server that takes updates' },
  { names: ['unbound'], for: 'lab', why: 'the caching resolver' },
  { names: ['libfaketime'], for: 'test', why: 'a database server whose clock is wrong' },
  { names: ['xvfb'], for: 'test', why: 'a screen for the app tests' },
  { names: ['xauth'], for: 'test', why: 'xvfb-run needs it' },
  { names: ['dbus'], for: 'test', why: 'a private session bus for the keychain tests' },
  { names: ['gnome-keyring'], for: 'test', why: 'a real keychain for the keychain tests' }
]

const run = (command, args, options = {}) => spawnSync(command, args, { encoding: 'utf8', ...options })

/** Which packages of these kinds are not installed; dpkg alone is asked, so this takes some milliseconds. */
function missingPackages(kinds) {
  const wanted = systemPackages.filter((entry) => kinds.includes(entry.for))
  const asked = run('dpkg-query', [
    '-W',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
    '-f=${Package} ${db:Status-Abbrev}\n',
    ...wanted.flatMap((entry) => entry.names)
  ])
  const installed = new Set(
    (asked.stdout ?? '')
      .split('\n')
      .filter((line) => / .i\b/.test(line))
      .map((line) => line.split(' ')[0])
  )
  return wanted.filter((entry) => !entry.names.some((name) => installed.has(name)))
}

/** Of several names, the one this release has. */
function availableName(entry) {
  if (entry.names.length === 1) return entry.names[0]
  return (
    entry.names.find((name) => /^Package:/m.test(run('apt-cache', ['show', name]).stdout ?? '')) ?? entry.names.at(-1)
  )
}

/** How to become root without asking a question: directly, by sudo, or not at all. */
function rootPrefix() {
  if (process.getuid() === 0) return []
  return run('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null
}

// The lab starts its own servers; the ones that the packages bring must neither start now nor occupy a port.
const INSTALL = `
set -e
if [ ! -e /usr/sbin/policy-rc.d ]; then
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o DPkg::Lock::Timeout=180 -o Acquire::Retries=3 install -y --no-install-recommends "$@"
`

function asRoot(prefix, args, what) {
  const log = path.join(os.tmpdir(), `siteswap-apt-${process.pid}.log`)
  const [command, ...rest] = [...prefix, ...args]
  const done = run(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 15 * 60_000,
    maxBuffer: 64 * 1024 * 1024
  })
  if (done.status === 0) return
  const text = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`
  fs.writeFileSync(log, text)
  throw new Error(`${what} failed:\n${text.trim().split('\n').slice(-12).join('\n')}\n(all of it in ${log})`)
}

/**
 * Installs what is missing of these kinds, or throws an error that names the exact line to type.
 * @param {string[]} kinds
 * @param {(line: string) => void} [print]
 */
export async function setupSystemPackages(kinds, print = console.log) {
  if (process.platform !== 'linux') return
  const debian = fs.existsSync('/usr/bin/dpkg-query') && fs.existsSync('/usr/bin/apt-get')
  if (!debian) {
    const list = systemPackages.filter((entry) => kinds.includes(entry.for))
    const names = list.map((entry) => `${entry.names.at(-1)} (${entry.why})`).join(', ')
    throw new Error(`only Debian and Ubuntu are set up by themselves. Here, install what corresponds to: ${names}`)
  }
  const missing = missingPackages(kinds)
  if (missing.length === 0) return
  const prefix = rootPrefix()
  if (prefix === null) {
    const names = missing.map(availableName).join(' ')
    throw new Error(
      `these packages are missing and sudo wants a password. Type this, then try again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}\n`
    )
  }
  await timed(
    `reading the package lists, for ${missing.length} missing system packages`,
    () => asRoot(prefix, ['apt-get', '-qq', '-o', 'Acquire::Retries=3', 'update'], 'apt-get update'),
    print
  )
  const names = missing.map(availableName)
  await timed(
    `apt-get install ${names.join(' ')}`,
    () => asRoot(prefix, ['sh', '-c', INSTALL, 'install', ...names], 'apt-get install'),
    print
  )
  const left = missingPackages(kinds)
  if (left.length > 0) throw new Error(`still missing after apt-get: ${left.map(availableName).join(' ')}`)
}
