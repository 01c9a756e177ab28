// npm test: everything, with real servers and the real app. `npm test -- unit|servers|app|journey` runs parts; `kills` is run only when asked for.
import { setupOrExit } from './setup.mjs'
import { checkStages, journeys, kills, runStages, stages } from './stages.mjs'

const parts = { unit: checkStages, servers: [stages.servers], app: [stages.app], journey: journeys }
const onlyAsked = { kills }
const known = { ...parts, ...onlyAsked }
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in known))
if (unknown.length > 0) {
  console.error(`test: there is no part "${unknown.join(' ')}"; the parts are: ${Object.keys(known).join(', ')}`)
  process.exit(2)
}
let names = asked.length > 0 ? asked : Object.keys(parts)
if (process.platform !== 'linux') {
  console.log('test: the servers and the app are tested on Linux only; here the check part runs')
  names = ['unit']
}
const real = names.some((name) => name !== 'unit')
await setupOrExit(real ? {} : { system: [], runtime: false, build: false })
process.exit((await runStages(names.flatMap((name) => known[name]))) ? 0 : 1)
