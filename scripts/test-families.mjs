// npm run test:families: every pair of server families on real servers; `npm test` runs those that protect most.
// `npm run test:families -- labs`: the whole move on labs of the flavours that no other test moves.
import { spawnSync } from 'node:child_process'
import { setupOrExit } from './setup.mjs'

await setupOrExit({ runtime: false, build: false })
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'servers', 'test/servers/families.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FAMILIES: process.argv[2] === 'labs' ? 'labs' : 'all' }
})
process.exit(status ?? 1)
