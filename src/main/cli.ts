import { Command, CommanderError } from 'commander'
import { checkDoctor, checkPreflight, compareDrift, showTopology } from './cli/look-commands'
import { type CliOptions, exitCodes } from './cli/open'
import { sayFailure } from './cli/print'
import { writeReport } from './cli/report-command'
import { type CutoverVerb, cutover, type ReplicateVerb, replicate } from './cli/run-commands'

const cutoverVerbs: CutoverVerb[] = ['plan', 'rehearse', 'run', 'resume', 'abort', 'reverse', 'finish']
const replicateVerbs: ReplicateVerb[] = ['plan', 'link', 'seed', 'co-masters', 'all', 'resume', 'undo']

const program = new Command('siteswap')
  .description(
    'Moves a MySQL- or MariaDB-backed site with no downtime and no lost order. Secrets come from the keychain or from SITESWAP_SECRET_… variables.'
  )
  .option('--data <folder>', 'where journals and progress are kept (default: the folder of the app)')
  .option('--json', 'print one JSON document on standard output')
  .exitOverride()
  .showHelpAfterError()

const withMove = (name: string, description: string): Command =>
  program.command(name).description(description).argument('<move>', 'a move file (*.siteswap.json)')
const options = (): CliOptions => program.opts<CliOptions>()
const set = (code: number): void => {
  process.exitCode = code
}

withMove('doctor', 'test every layer of the way to each server')
  .option('--server <id>', 'only this server')
  .action(async (move: string, own: { server?: string }) => set(await checkDoctor(move, options(), own.server)))
withMove('topology', 'survey all databases and print the picture').action(async (move: string) =>
  set(await showTopology(move, options()))
)
withMove('preflight', 'run the checks; exits 1 when something stops the cutover').action(async (move: string) =>
  set(await checkPreflight(move, options()))
)
withMove('drift', 'compare schema and data of both sites; exits 1 when they differ').action(async (move: string) =>
  set(await compareDrift(move, options()))
)
withMove('replicate', `bridge, seed and co-masters: ${replicateVerbs.join(', ')}`)
  .argument('[what]', 'what to do', 'plan')
  .option('--yes', 'run it; without, the statements are only printed')
  .action(async (move: string, what: string, own: { yes?: boolean }) =>
    set(await replicate(move, options(), what as ReplicateVerb, own.yes === true))
  )
withMove('cutover', `the switch: ${cutoverVerbs.join(', ')}`)
  .argument('[what]', 'what to do', 'plan')
  .option('--confirm <words>', 'the typed go, for example "go Lisbon"')
  .action(async (move: string, what: string, own: { confirm?: string }) =>
    set(await cutover(move, options(), what as CutoverVerb, own.confirm ?? null))
  )
withMove('report', 'write the migration report')
  .option('--format <format>', 'html or json', 'html')
  .option('--out <file>', 'where to write it (default: standard output)')
  .action(async (move: string, own: { format: string; out?: string }) =>
    set(await writeReport(move, options(), own.format, own.out))
  )

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    return
  }
  process.exitCode = sayFailure(error, options().json === true)
})
