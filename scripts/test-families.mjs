// npm run test:families: every pair of server families on real servers; `npm test` runs those that protect most.
import { spawnSync } from 'node:child_process'
import { setupOrExit } from './setup.mjs'

await setupOrExit({ runtime: false, build: false })
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'servers', 'test/servers/families.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, FAMILIES: 'all' }
})
process.exit(status ?? 1)
