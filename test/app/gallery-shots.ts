/**
 * Pictures of the gallery's pages: `node --import tsx test/app/gallery-shots.ts [--size 1280x800] [--theme dark] [NAME…]`.
 * A NAME is a page or the beginning of one (`sites`, `topology-linked`); none means all. `--no-build` takes the last build.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { serveRenderer } from './serve-renderer'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', multiple: true, default: ['1280x800', '1920x1080', '1024x700'] },
    theme: { type: 'string', multiple: true, default: ['dark', 'light'] },
    out: { type: 'string', default: 'test-results/gallery' },
    build: { type: 'string', default: join(tmpdir(), `siteswap-gallery-${process.getuid?.() ?? 0}`) },
    'no-build': { type: 'boolean', default: false }
  }
})

const builtRenderer = async (): Promise<string> => {
  const outDir = values.build
  if (values['no-build'] && existsSync(outDir)) return outDir
  await build({
    root: 'src/renderer',
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      minify: false,
      chunkSizeWarningLimit: 10_000,
      modulePreload: { polyfill: false }
    }
  })
  return outDir
}

/** The browser of the system; Playwright's own is not fetched. */
const browserPath = (): string | undefined =>
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** Elements whose content is wider than they are, though they neither scroll nor cut with an ellipsis. */
const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    return [...document.querySelectorAll<HTMLElement>('#root *, dialog *')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        if (box.width === 0 || element.closest('.react-flow, .vh, svg, [data-may-overflow]')) return false
        for (let up = element.parentElement; up; up = up.parentElement)
          if (getComputedStyle(up).overflowX !== 'visible' && up !== document.body && up.id !== 'root') return false
        return box.right > width + 1
      })
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.slice(0, 40)}`)
  })

const shoot = async (
  browser: Browser,
  origin: string,
  name: string,
  size: string,
  theme: string
): Promise<string[]> => {
  const [width = 1280, height = 800] = size.split('x').map(Number)
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(String(error)))
  await page.goto(`${origin}/?gallery=${name}&theme=${theme}`)
  await page.locator('html[data-gallery=ready]').waitFor({ state: 'attached', timeout: 15_000 })
  await page.evaluate(() => document.fonts.ready)
  // Two frames after the last change: layout, then paint.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 120))))
  await page.screenshot({ path: join(values.out, `${name}-${size}-${theme}.png`) })
  const wide = await overflows(page)
  await context.close()
  return [...said, ...wide.map((element) => `overflows: ${element}`)].map((line) => `${name} ${size} ${theme}: ${line}`)
}

const main = async () => {
  mkdirSync(values.out, { recursive: true })
  const served = await serveRenderer(await builtRenderer())
  const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] })
  try {
    const list = await browser.newPage()
    await list.goto(`${served.origin}/?gallery=`)
    await list.locator('html[data-gallery=ready]').waitFor({ state: 'attached' })
    const names = (await list.locator('[data-gallery-pages] a').allTextContents()).filter(
      (name) =>
        positionals.length === 0 || positionals.some((wanted) => name === wanted || name.startsWith(`${wanted}-`))
    )
    await list.close()
    let troubles = 0
    for (const name of names)
      for (const size of values.size)
        for (const theme of values.theme)
          for (const line of await shoot(browser, served.origin, name, size, theme)) {
            troubles += 1
            console.error(line)
          }
    console.log(`${names.length} pages in ${values.out}, ${troubles} troubles`)
    process.exitCode = troubles || names.length === 0 ? 1 : 0
  } finally {
    await browser.close()
    served.close()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
