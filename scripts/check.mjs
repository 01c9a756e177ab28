// npm run check: types, lint with format, unit tests (with the import rules and the words), scenarios. No servers, no window.
import { setupOrExit } from './setup.mjs'
import { checkStages, runStages } from './stages.mjs'

await setupOrExit({ system: [], runtime: false, build: false })
process.exit((await runStages(checkStages)) ? 0 : 1)
