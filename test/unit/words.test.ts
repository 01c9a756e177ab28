import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wordViolations } from './words/words'

const root = join(import.meta.dirname, '../..')
const binary = /\.(png|ico|woff2?|gz)$/

/** Every file that is or would be in the repository. */
const repositoryFiles = (): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))

describe('the words of the house', () => {
  it('are used in every file of the repository', () => {
    const files = repositoryFiles()
    expect(files).toContain('package.json')
    const texts = files.filter((path) => !binary.test(path) && path !== 'test/unit/words.test.ts')
    expect(texts.flatMap((path) => wordViolations(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
  })

  it('include no address of a package registry in the lock file', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/)
    expect(repositoryFiles()).not.toContain('.npmrc')
  })
})

describe('the rule for words finds', () => {
  it.each([
    ['src/main/drift/a.ts', 'const slave = 1'],
    ['src/renderer/stations/a.tsx', '<p>The Master stops</p>'],
    ['src/main/cutover/a.ts', '// a failover'],
    ['src/shared/a.ts', "'fail-back'"],
    ['src/main/preflight/a.ts', "'SHOW SLAVE STATUS'"],
    ['test/lab/a.ts', 'class LabManager {}'],
    ['src/shared/a.ts', 'export const moveHelper = 1'],
    ['src/shared/text-utils.ts', ''],
    ['docs/a.md', `see ${'/work'}/app`]
  ])('in %s: %s', (path, text) => {
    expect(wordViolations(path, text)).toHaveLength(1)
  })

  it.each([
    ['src/main/mysql/replica-status.ts', "'SHOW SLAVE STATUS'"],
    ['src/main/preflight/a.ts', "'log_slave_updates is OFF', 'REPLICATION SLAVE'"],
    ['src/main/store/a.ts', "utilityProcess.fork('x')"],
    ['docs/vocabulary.md', 'replica, not slave']
  ])('nothing in %s: %s', (path, text) => {
    expect(wordViolations(path, text)).toEqual([])
  })
})
