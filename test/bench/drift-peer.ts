import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onceAcrossProcesses } from '../lab/once'
import { runCommand } from '../lab/run-command'
import { cacheDir } from '../lab/state'

const packages = ['percona-toolkit', 'libdbi-perl', 'libdbd-mysql-perl', 'libterm-readkey-perl']

/** The peer's programs, fetched once from the Debian this computer runs, unpacked and never installed. */
export const ensureToolkit = async (say: (line: string) => void): Promise<string> => {
  const root = join(cacheDir(), 'roots', 'percona-toolkit')
  if (!existsSync(root))
    await onceAcrossProcesses(root, async (fresh) => {
      say(`fetching ${packages.join(' ')} into ${root}`)
      const from = mkdtempSync(join(tmpdir(), 'siteswap-toolkit-'))
      const script = `apt-get -qq download ${packages.join(' ')} && for d in *.deb; do dpkg-deb -x "$d" "$1"; done`
      await runCommand(['bash', '-c', script, 'bash', fresh], { cwd: from, deadlineMs: 300_000 })
      await runCommand(['rm', '-rf', from])
    })
  return root
}

export interface PeerPair {
  user: string
  password: string
  oldPort: number
  newPort: number
  table: string
  /** The table of schema percona that names the replica as the peer is to reach it. */
  replicas: string
}

const perl = (root: string): Record<string, string> => ({
  PERL5LIB: [join(root, 'usr/share/perl5'), join(root, 'usr/lib/x86_64-linux-gnu/perl5/5.36')].join(':')
})

const dsn = ({ user, password }: PeerPair, port: number): string => `h=127.0.0.1,P=${port},u=${user},p=${password}`

export interface PeerAnswer {
  ms: number
  /** Chunks it calls different, or rows it would change. */
  found: number
}

/** pt-table-checksum with its own settings; it writes to the source and compares on the replica. */
export const peerChecksum = async (root: string, pair: PeerPair): Promise<PeerAnswer> => {
  const conf = join(mkdtempSync(join(tmpdir(), 'siteswap-toolkit-')), 'none.conf')
  writeFileSync(conf, '')
  const began = performance.now()
  const out = await runCommand(
    [
      'bash',
      '-c',
      '"$@"; code=$?; [ $((code & ~16)) = 0 ] || exit $code',
      'bash',
      join(root, 'usr/bin/pt-table-checksum'),
      `--config=${conf}`,
      dsn(pair, pair.oldPort),
      '--no-version-check',
      '--databases=bench',
      `--tables=${pair.table}`,
      '--no-check-binlog-format',
      '--replicate=percona.checksums',
      `--recursion-method=dsn=${dsn(pair, pair.oldPort)},D=percona,t=${pair.replicas}`
    ],
    { env: perl(root), deadlineMs: 3_600_000 }
  )
  const ms = performance.now() - began
  const line = out.split('\n').find((one) => one.endsWith(`bench.${pair.table}`))
  if (!line) throw new Error(`pt-table-checksum told nothing: ${out}`)
  return { ms, found: Number(line.trim().split(/\s+/)[2]) }
}

/** pt-table-sync of the chunks that the checksum called different: it prints what it would change. */
export const peerSync = async (root: string, pair: PeerPair): Promise<PeerAnswer> => {
  const began = performance.now()
  const out = await runCommand(
    [
      'bash',
      '-c',
      '"$@"; code=$?; [ $((code & ~2)) = 0 ] || exit $code',
      'bash',
      join(root, 'usr/bin/pt-table-sync'),
      '--no-version-check',
      '--print',
      '--replicate=percona.checksums',
      `--sync-to-${'mas' + 'ter'}`,
      dsn(pair, pair.newPort)
    ],
    { env: perl(root), deadlineMs: 3_600_000 }
  )
  return {
    ms: performance.now() - began,
    found: out.split('\n').filter((line) => /^(REPLACE|DELETE|INSERT|UPDATE)/.test(line)).length
  }
}
