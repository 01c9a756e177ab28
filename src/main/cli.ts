import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, Command, CommanderError, Option } from 'commander'
import { keepSnapshot, showDiff } from './cli/diff-command'
import { discoverServers } from './cli/discover-command'
import { compareDrift, type DriftFlags } from './cli/drift-command'
import { exitCodes } from './cli/exit-codes'
import { listenForInterrupts } from './cli/interrupt'
import { checkDoctor, checkPreflight, showTopology } from './cli/look-commands'
import type { CliOptions } from './cli/open'
import { sayFailure, sayJson } from './cli/print'
import { type ReportFormat, reportFormats, writeReport } from './cli/report-command'
import {
  type CutoverVerb,
  cutover,
  cutoverVerbs,
  type ReplicateVerb,
  repair,
  replicate,
  replicateVerbs
} from './cli/run-commands'

/** The built command lies two folders below the package it belongs to. */
const version = (): string => {
  try {
    return String(JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')).version)
  } catch {
    return 'unknown'
  }
}

const program = new Command('siteswap')
  .description('Moves a MySQL- or MariaDB-backed web site to another location with no downtime and no lost order.')
  .version(version(), '-V, --version', 'print the version')
  .option('--data <folder>', 'where journals are kept (default: SITESWAP_DATA, else the folder of the app)')
  .option('--json', 'print one JSON document on standard output')
  .addHelpText(
    'after',
    `
Secrets are never given as arguments. They come from the keychain, or from the environment:
  SITESWAP_SECRET_DB_OLD_DB1       password of the database account of server “old-db1”
  SITESWAP_SECRET_…                the other names are in docs/cli.md
Other variables: SITESWAP_DATA (data folder), SITESWAP_KNOWN_HOSTS (one known_hosts file).

Exit codes: 0 well; 1 something was found; 2 wrong use or input; 3 not reached or not verified; 130 interrupted.

A move from end to end:
  siteswap doctor    shop.siteswap.json
  siteswap preflight shop.siteswap.json
  siteswap replicate shop.siteswap.json plan
  siteswap replicate shop.siteswap.json all --yes
  siteswap drift     shop.siteswap.json
  siteswap cutover   shop.siteswap.json rehearse
  siteswap cutover   shop.siteswap.json run --confirm "go Lisbon"
  siteswap report    shop.siteswap.json --out report.html`
  )

const options = (): CliOptions => program.opts<CliOptions>()
const set = (code: number): void => {
  process.exitCode = code
}
const withMove = (name: string, description: string): Command =>
  program.command(name).description(description).argument('<move>', 'a move file (*.siteswap.json)')
const listOf = (words: string | undefined): string[] => words?.split(/[\s,]+/).filter(Boolean) ?? []
interface TopologyOptions {
  diff?: true | string[]
  markdown?: boolean
  snapshot?: string
  discover?: true
  from?: string
  connect?: string
}
const verbsText = (verbs: Record<string, string>): string =>
  `\n${Object.entries(verbs)
    .map(([verb, what]) => `  ${verb.padEnd(11)} ${what}`)
    .join('\n')}`

withMove(
  'doctor',
  'Test every layer of the way to each server: name, TCP, SSH, host key, sign-in, database, grants, clock, delay, throughput.'
)
  .option('--server <id>', 'only this server')
  .action(async (move: string, own: { server?: string }) => set(await checkDoctor(move, options(), own.server)))
withMove('topology', 'Survey all databases once and print the picture: roles, links, lag, bridge.')
  .option('--diff [what...]', 'compare instead: old-new (default), since NAME of a snapshot, or plan')
  .option('--markdown', 'with --diff: print Markdown')
  .option('--snapshot <name>', 'keep everything as it is now under this name, for --diff since NAME')
  .option('--discover', 'print instead whom the databases name: sources and replicas that are not in the move')
  .option('--from <servers>', 'with --discover: only ask these servers, by id, with commas between')
  .option('--connect <addresses>', 'with --discover: also ask at these named addresses, host:port, with commas between')
  .action(async (move: string, own: TopologyOptions) => {
    if (own.discover)
      set(await discoverServers(move, options(), { from: listOf(own.from), connect: listOf(own.connect) }))
    else if (own.snapshot !== undefined) set(await keepSnapshot(move, options(), own.snapshot))
    else if (own.diff === undefined) set(await showTopology(move, options()))
    else set(await showDiff(move, options(), own.diff === true ? [] : own.diff, own.markdown === true))
  })
withMove('preflight', 'Run the checks. Exits 1 when one stops the cutover.').action(async (move: string) =>
  set(await checkPreflight(move, options()))
)
withMove('drift', 'Compare schema and data of both sites. Exits 1 when they differ.')
  .option('--certify', 'compare two snapshots of one position, and tell it')
  .option(
    '--brief-lock',
    'with --certify: a read lock of some milliseconds on the active server, when it is never quiet'
  )
  .option('--strong', 'SHA-256 for the rows: about three times the work')
  .addOption(new Option('--pace <pace>', 'how fast').choices(['auto', 'gentle', 'full']))
  .option('--only <tables...>', 'only these tables: schema.table or schema.*')
  .option('--without <tables...>', 'leave these tables out')
  .option('--fresh', 'begin anew, even when an earlier comparison could be continued')
  .option('--repair <table>', 'print what would make the passive rows of schema.table like the active ones')
  .option('--yes', 'with --repair: send it')
  .option('--undo', 'with --repair: take the last repair of that table back')
  .action(async (move: string, own: DriftFlags & { repair?: string; yes?: true; undo?: true }) => {
    const what = own.undo ? 'undo' : own.yes ? 'run' : 'plan'
    set(await (own.repair ? repair(move, options(), own.repair, what) : compareDrift(move, options(), own)))
  })
withMove('replicate', 'Build the bridge, seed the new server, make both co-masters.')
  .addArgument(new Argument('[what]', 'what to do').choices(replicateVerbs).default('plan'))
  .option('--yes', 'do it; without, the statements and commands are only printed')
  .addHelpText(
    'after',
    verbsText({
      plan: 'print everything that would be sent, in order; change nothing',
      link: 'the bridge: an SSH tunnel between the two database hosts',
      seed: 'copy schemas, data and accounts to the new server',
      'co-masters': 'replicate both ways; the new side stays read-only',
      all: 'link, seed and co-masters, one after the other',
      resume: 'go on with the set-up that was left open',
      undo: 'put back the last run of the set-up that still stands'
    })
  )
  .action(async (move: string, what: ReplicateVerb, own: { yes?: boolean }) =>
    set(await replicate(move, options(), what, own.yes === true))
  )
withMove('cutover', 'The switch of writes to the new site, and its rehearsal.')
  .addArgument(new Argument('[what]', 'what to do').choices(cutoverVerbs).default('plan'))
  .option('--confirm <words>', 'the typed go, for example "go Lisbon"')
  .option('--yes', 'go on by itself where the run waits for a person')
  .option('--retired <hosts>', 'finish: hosts that may lose their database, by id or address, with commas between')
  .addHelpText(
    'after',
    verbsText({
      plan: 'print the gates and everything that would be sent; change nothing',
      rehearse: 'all of it up to the throw, then let go; measures the write pause',
      run: 'the cutover; needs --confirm',
      resume: 'observe both servers, then go on with the run that was left open',
      abort: 'put back the run that was left open; not after the point of no return',
      reverse: 'the cutover the other way; needs --confirm',
      finish: 'take the old site, the bridge and Siteswap’s accounts away; needs --confirm'
    })
  )
  .action(async (move: string, what: CutoverVerb, own: { confirm?: string; yes?: boolean; retired?: string }) =>
    set(
      await cutover(move, options(), what, {
        confirm: own.confirm ?? null,
        yes: own.yes === true,
        retired: own.retired?.split(',').filter(Boolean) ?? []
      })
    )
  )
withMove('report', 'Write the migration report from the journal. Contacts no server.')
  .addOption(new Option('--format <format>', 'form of the report').choices(reportFormats))
  .option('--out <file>', 'where to write it (default: standard output)')
  .action(async (move: string, own: { format?: ReportFormat; out?: string }) =>
    set(await writeReport(move, options(), own.format ?? (options().json ? 'json' : 'html'), own.out, version()))
  )

for (const command of [program, ...program.commands])
  command
    .exitOverride()
    .showHelpAfterError(`(${command === program ? 'siteswap' : `siteswap ${command.name()}`} --help tells more)`)

/** What is still open when the answer is out never keeps the command alive. */
const endSoon = (): void => {
  process.stdout.write('', () => process.stderr.write('', () => setTimeout(() => process.exit(), 2000).unref()))
}

const sayUsage = (error: CommanderError): void => {
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error.exitCode !== 0 && process.argv.includes('--json'))
    sayJson({ ok: false, failure: { kind: 'invalid', what: error.message.replace(/^error: /, ''), try: ['--help'] } })
}

// A reader that has seen enough (head, less) must not end a run in its middle: what is said then is said to nobody.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
listenForInterrupts()
program
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) sayUsage(error)
    else process.exitCode = sayFailure(error, options().json === true)
  })
  .finally(endSoon)
