// npm test: everything, with real servers and the real app. `npm test -- unit|servers|app|journey` runs parts; `kills` is run only when asked for.
import { setupOrExit } from './setup.mjs'
import { allStages, checkStages, kills, runStages, serverStages, stages, windowStages } from './stages.mjs'

const parts = { unit: checkStages, servers: serverStages, app: [stages.app], journey: windowStages, kills }
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`test: there is no part "${unknown.join(' ')}"; the parts are: ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}
let list = asked.length > 0 ? asked.flatMap((name) => parts[name]) : allStages
if (process.platform !== 'linux') {
  console.log('test: the servers and the app are tested on Linux only; here the check part runs')
  list = checkStages
}
const real = list.some((entry) => ![entry].flat().every((stage) => checkStages.flat().includes(stage)))
await setupOrExit(real ? {} : { system: [], runtime: false, build: false })
process.exit((await runStages(list)) ? 0 : 1)
