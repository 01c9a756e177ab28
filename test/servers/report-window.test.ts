import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportHtml } from '../../src/main/report/html'
import { runCommand } from '../lab/run-command'
import { exampleReport } from '../unit/report-fixture'
import { hostileReport, hostileTexts } from '../unit/report-hostile'

interface Told {
  path: string
  title: string
  console: string[]
  requests: string[]
  scripts: number
  handlers: number
  styled: string
  overflow: number
  sections: string[]
  alerted: boolean
}

const window = join(import.meta.dirname, 'own/report-window.cjs')
const sections = ['timeline', 'ledger', 'topology', 'findings', 'drift', 'decisions', 'statements', 'journal']

describe('the report opened in Chromium', () => {
  let folder = ''
  let told: Told[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'siteswap-report-'))
    const example = reportHtml(exampleReport())
    const documents = [
      // The control: the same document with what must not be in it, to see that this test would see it.
      example.replace(
        '</main>',
        '<script>window.alerted = true</script><p style="color:red">x</p><img src="file:///x.png"></main>'
      ),
      example,
      ...hostileTexts.map((hostile) => reportHtml(hostileReport(hostile)))
    ]
    const paths = documents.map((document, index) => {
      const path = join(folder, `${index}.html`)
      writeFileSync(path, document)
      return path
    })
    const electron = createRequire(import.meta.url)('electron') as string
    const answer = await runCommand(
      [
        'xvfb-run',
        '-a',
        electron,
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${join(folder, 'profile')}`,
        window
      ],
      { deadlineMs: 120_000, env: { REPORT_PATHS: JSON.stringify(paths) } }
    )
    told = JSON.parse(/^TOLD (.*)$/m.exec(answer)?.[1] ?? '[]')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('stops script, inline style and requests that somebody put into it', () => {
    const [control] = told
    expect(control?.scripts).toBe(1)
    expect(control?.alerted).toBe(false)
    expect(control?.console.filter((line) => line.includes('Content Security Policy'))).toHaveLength(3)
  })

  it('shows itself in its own style without a violation, a script or a request', () => {
    const [, example] = told
    expect(example).toMatchObject({
      title: 'shop.example.com moved to Lisbon · migration report',
      console: [],
      requests: [],
      scripts: 0,
      handlers: 0,
      styled: '6px',
      overflow: 0,
      sections
    })
  })

  it('stays the same document around every hostile text', () => {
    const hostile = told.slice(2)
    expect(hostile).toHaveLength(hostileTexts.length)
    for (const one of hostile)
      expect(one).toMatchObject({
        console: [],
        requests: [],
        scripts: 0,
        handlers: 0,
        styled: '6px',
        overflow: 0,
        sections,
        alerted: false
      })
  })
})
