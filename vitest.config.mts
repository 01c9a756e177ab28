import { configDefaults, defineConfig } from 'vitest/config'

/** Three kinds of test: fast ones without servers, pure scenario fixtures, and real servers one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: configDefaults.exclude,
          environment: 'node',
          testTimeout: 15_000
        }
      },
      {
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.{ts,tsx}'],
          exclude: configDefaults.exclude,
          environment: 'node',
          testTimeout: 15_000
        }
      },
      {
        test: {
          name: 'servers',
          include: ['test/servers/**/*.test.ts', 'test/faults/**/*.test.ts'],
          exclude: configDefaults.exclude,
          environment: 'node',
          pool: 'forks',
          // Real servers share two processors: one file at a time keeps their timings honest.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000
        }
      }
    ]
  }
})
