import { defineConfig } from '@playwright/test'

/** The real window, one at a time: two processors are shared with what it talks to. */
export default defineConfig({
  testDir: 'test/app',
  testMatch: '**/*.spec.ts',
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  use: { trace: 'off' }
})
