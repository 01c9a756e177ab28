import { defineConfig } from '@playwright/test'

/** The whole move by a person's clicks; one long test, on a lab that is already up (`run-in-lab.ts`). */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  timeout: 900_000,
  expect: { timeout: 30_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  outputDir: '../../test-results/journey'
})
