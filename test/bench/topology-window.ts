import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { moveSchema, serversOf } from '../../src/shared/move'
import { databaseSecret, secretEnvName } from '../../src/shared/secret'
import { type App, launchApp } from '../app/launch'
import type { ForkedFleet } from '../fleet/fork-fleet'

/** What the real window does with a fleet. */
export interface WindowFigures {
  firstPictureMs: number
  panWhole: number
  panNear: number
  zoom: number
  refreshMs: number
  memoryMb: number
}

interface Heard {
  /** When pictures came, by the page's clock. */
  pictures: number[]
}

const firstPictureDeadlineMs = 120_000
const motionMs = 4000

/** The moment of the first frame in which every database is drawn with what it said. */
const firstWhole = (page: Page, servers: number): Promise<number> =>
  page.evaluate(
    ({ servers, deadlineMs }) =>
      new Promise<number>((done, reject) => {
        const began = Date.now()
        const look = () => {
          const boxes = document.querySelectorAll('.react-flow__node .node').length
          const silent = document.querySelectorAll('.react-flow__node .node.silent').length
          if (boxes >= servers && silent === 0) requestAnimationFrame(() => done(Date.now()))
          else if (Date.now() - began > deadlineMs)
            reject(new Error(`${boxes} boxes are drawn, ${silent} without an answer`))
          else requestAnimationFrame(look)
        }
        look()
      }),
    { servers, deadlineMs: firstPictureDeadlineMs }
  )

/** Turns a wheel at every frame, to and fro, and counts the frames; a second. */
const framesWhile = (page: Page, motion: 'pan' | 'zoom'): Promise<number> =>
  page.evaluate(
    ({ motion, forMs }) =>
      new Promise<number>((done, reject) => {
        const pane = document.querySelector('.react-flow__pane')
        if (!pane) return reject(new Error('There is no canvas.'))
        const { left, top, width, height } = pane.getBoundingClientRect()
        const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true }
        let frames = 0
        let began = 0
        const step = (now: number) => {
          if (began === 0) began = now
          else frames += 1
          if (now - began >= forMs) return done((frames * 1000) / (now - began))
          const forth = Math.floor((now - began) / 500) % 2 === 0 ? 1 : -1
          pane.dispatchEvent(
            motion === 'pan'
              ? new WheelEvent('wheel', { ...at, deltaX: 14 * forth, deltaY: 9 * forth })
              : new WheelEvent('wheel', { ...at, deltaY: 6 * forth, ctrlKey: true })
          )
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
    { motion, forMs: motionMs }
  )

/** From the moment a picture comes into the window to the frame that shows what is new on one server. */
const frameOfChange = async (page: Page, fleet: ForkedFleet, name: string, readOnly: boolean): Promise<number> => {
  const shown = page.evaluate(
    ({ name, deadlineMs }) =>
      new Promise<number>((done, reject) => {
        const heard = (window as unknown as { heard: Heard }).heard
        const words = () => document.querySelector(`[data-box="${name}"]`)?.getAttribute('aria-label')?.split(',')[2]
        const before = words()
        const began = performance.now()
        const look = () => {
          if (words() !== before) {
            // What is posted at the beginning of a frame comes when the frame has been painted.
            const painted = new MessageChannel()
            painted.port1.onmessage = () => done(performance.now() - (heard.pictures.at(-1) ?? 0))
            painted.port2.postMessage(null)
          } else if (performance.now() - began > deadlineMs) reject(new Error('Nothing changed.'))
          else requestAnimationFrame(look)
        }
        look()
      }),
    { name, deadlineMs: 20_000 }
  )
  await fleet.change(name, { readOnly })
  return shown
}

/** Its share of memory: its own pages, and of those it shares with other processes its part. */
const memoryMb = async (app: App): Promise<number> => {
  const pids = await app.electron.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter((process) => process.type === 'Tab')
      .map((process) => process.pid)
  )
  const shares = pids.map((pid) => /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1])
  return Math.max(...shares.map((share) => Number(share ?? Number.NaN) / 1024))
}

const keyTimes = async (page: Page, key: string, times: number): Promise<void> => {
  for (let pressed = 0; pressed < times; pressed += 1) await page.keyboard.press(key)
}

/** A fleet opened in the real window: how soon it is seen, how it moves, how soon a change is seen, what it weighs. */
export const windowFigures = async (fleet: ForkedFleet, servers: number): Promise<WindowFigures> => {
  const move = moveSchema.parse(JSON.parse(readFileSync(fleet.moveFile, 'utf8')))
  const secrets = serversOf(move).map(({ server }) => [secretEnvName(databaseSecret(server.id)), 'any'])
  const env = { ...Object.fromEntries(secrets), SITESWAP_OPEN: fleet.moveFile }
  await fleet.forget()
  const app = await launchApp({ env })
  try {
    const { page } = app
    // What compiles this file names its functions with a helper that the page does not have.
    await page.evaluate('globalThis.__name = (one) => one')
    await page.locator('button.stn', { hasText: 'Topology' }).click({ timeout: 60_000 })
    const drawnAt = await firstWhole(page, servers)
    const { surveyedAt } = await fleet.totals()
    await page.evaluate(() => {
      const heard: Heard = { pictures: [] }
      const here = window as unknown as {
        heard: Heard
        siteswap: { on(listener: (name: unknown) => void): void }
      }
      here.heard = heard
      here.siteswap.on((name) => {
        if (name === 'topology') heard.pictures.push(performance.now())
      })
    })
    await page
      .locator('.react-flow__pane')
      .focus()
      .catch(() => undefined)
    const panWhole = await framesWhile(page, 'pan')
    const zoom = await framesWhile(page, 'zoom')
    const took: number[] = []
    const name = move.old.servers[1]?.id ?? ''
    await keyTimes(page, 'f', 1)
    for (let turn = 0; turn < 9; turn += 1) took.push(await frameOfChange(page, fleet, name, turn % 2 === 1))
    await keyTimes(page, '+', 12)
    const panNear = await framesWhile(page, 'pan')
    return {
      firstPictureMs: drawnAt - surveyedAt,
      panWhole,
      panNear,
      zoom,
      refreshMs: took.sort((a, b) => a - b)[4] ?? Number.NaN,
      memoryMb: await memoryMb(app)
    }
  } finally {
    await app.close()
  }
}
