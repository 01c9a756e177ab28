import { configDefaults, defineConfig } from 'vitest/config'

/** Server tests that say how long something takes, and the one that sweeps away all dead labs of this computer. */
const timed = ['test/servers/cutover.test.ts', 'test/servers/lab-crash.test.ts']
/** What dies in the middle of a cutover: leases and deadlines of seconds, most of the time waited for. */
const faults = ['test/servers/cutover-faults.test.ts', 'test/faults/**/*.test.ts']

const real = { environment: 'node', pool: 'forks', testTimeout: 240_000, hookTimeout: 300_000 } as const

/** Five kinds of test: fast ones without servers, pure scenario fixtures, real servers, real servers by the clock, and what dies under way. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: configDefaults.exclude,
          environment: 'node',
          testTimeout: 60_000
        }
      },
      {
        test: {
          name: 'scenarios',
          sequence: { groupOrder: 0 },
          include: ['test/scenarios/**/*.test.{ts,tsx}'],
          exclude: configDefaults.exclude,
          environment: 'node',
          testTimeout: 60_000
        }
      },
      {
        test: {
          name: 'servers',
          include: ['test/servers/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...timed, ...faults],
          ...real,
          // More than there are cores: most of a server test is waiting.
          maxWorkers: 3,
          sequence: { groupOrder: 1 }
        }
      },
      {
        test: {
          name: 'timed',
          include: timed,
          exclude: configDefaults.exclude,
          ...real,
          // What measures a pause or a lease has the machine for itself.
          maxWorkers: 1,
          sequence: { groupOrder: 2 }
        }
      },
      {
        test: {
          name: 'faults',
          include: faults,
          exclude: configDefaults.exclude,
          ...real,
          maxWorkers: 1,
          sequence: { groupOrder: 3 }
        }
      }
    ]
  }
})
