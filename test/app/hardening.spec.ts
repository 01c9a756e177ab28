import { expect, test } from '@playwright/test'
import { type App, launchApp } from './launch'

let app: App
test.beforeAll(async () => {
  app = await launchApp()
  await app.page.waitForSelector('#root > *')
})
test.afterAll(() => app.close())

test('every window has the one set of web preferences', async () => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) =>
      (window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()
    )
  )
  expect(preferences).toHaveLength(1)
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false
  })
  expect(preferences[0]).not.toMatchObject({ nodeIntegrationInWorker: true })
})

test('the page is app://ui and the preload shows two verbs and nothing else', async () => {
  expect(app.page.url()).toBe('app://ui/index.html')
  const seen = await app.page.evaluate(() => ({
    siteswap: Object.keys(window.siteswap).sort(),
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process
  }))
  expect(seen).toEqual({ siteswap: ['call', 'on'], require: 'undefined', process: 'undefined' })
})

test('the content policy comes as a header and stops inline script, eval and remote fetch', async () => {
  const result = await app.page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const header = (await new Promise<string>((done) => {
      const request = new XMLHttpRequest()
      try {
        request.open('GET', 'app://ui/index.html')
        request.onload = () => done(request.getResponseHeader('content-security-policy') ?? '')
        request.onerror = () => done('blocked')
        request.send()
      } catch {
        done('blocked')
      }
    })) as string
    const script = document.createElement('script')
    let trusted = 'accepted'
    try {
      script.text = 'window.__inline = 1'
    } catch {
      trusted = 'refused'
    }
    document.body.append(script)
    let evaluated = 'refused'
    try {
      evaluated = String(new Function('return 1')())
    } catch {
      evaluated = 'refused'
    }
    const fetched = await fetch('https://example.com/').then(
      () => 'fetched',
      () => 'refused'
    )
    const file = await fetch('file:///etc/passwd').then(
      () => 'fetched',
      () => 'refused'
    )
    await new Promise((done) => setTimeout(done, 50))
    return {
      header,
      trusted,
      evaluated,
      fetched,
      file,
      inline: (window as unknown as { __inline?: number }).__inline ?? null,
      violations
    }
  })
  expect(result).toMatchObject({
    header: 'blocked',
    trusted: 'refused',
    evaluated: 'refused',
    fetched: 'refused',
    file: 'refused',
    inline: null
  })
  expect(result.violations).toContain('connect-src')
})

test('nothing outside the built files is answered', async () => {
  const statuses = await app.electron.evaluate(async ({ net }) => {
    const paths = [
      '/index.html',
      '/../main/index.js',
      '/..%2fmain/index.js',
      '/%2e%2e/main/index.js',
      '//etc/passwd',
      '/etc/passwd',
      '/index.html%00',
      '/',
      '/nothing.js',
      '/./../../package.json'
    ]
    const answers: [string, number][] = []
    for (const path of paths) answers.push([path, (await net.fetch(`app://ui${path}`)).status])
    const other = await net.fetch('app://evil/index.html').then(
      (answer) => answer.status,
      () => 404
    )
    return { answers, other }
  })
  for (const [path, status] of statuses.answers)
    expect([path, status]).toEqual([path, path === '/index.html' ? 200 : 404])
  expect(statuses.other).toBe(404)
})

test('the window cannot be navigated, opened again or given a frame', async () => {
  const before = app.page.url()
  await app.page.evaluate(() => {
    window.location.href = 'https://example.com/'
  })
  const opened = await app.page.evaluate(() => window.open('https://example.com/') === null)
  await app.page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'app://ui/other.html'
    link.target = '_blank'
    document.body.append(link)
    link.click()
    link.remove()
  })
  expect(opened).toBe(true)
  expect(app.page.url()).toBe(before)
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  const framed = await app.page.evaluate(async () => {
    const blocked = new Promise((done) =>
      document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true })
    )
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    const directive = await blocked
    frame.remove()
    return directive
  })
  expect(framed).toBe('frame-src')
})

test('every permission is refused', async () => {
  const answers = await app.page.evaluate(async () => {
    const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state
    const capture = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'refused'
    )
    const location = await new Promise((done) =>
      navigator.geolocation.getCurrentPosition(
        () => done('granted'),
        () => done('refused')
      )
    )
    const clipboard = await navigator.clipboard.readText().then(
      () => 'granted',
      () => 'refused'
    )
    return {
      geolocation: await state('geolocation'),
      notifications: await state('notifications'),
      capture,
      location,
      clipboard
    }
  })
  expect(answers).toMatchObject({
    geolocation: 'denied',
    notifications: 'denied',
    capture: 'refused',
    location: 'refused',
    clipboard: 'refused'
  })
})

test('the channel refuses unknown names, wrong arguments and other senders, in words', async () => {
  const answers = await app.page.evaluate(async () => {
    const call = window.siteswap.call
    return {
      unknown: await call('__proto__', {}),
      extra: await call('moves.list', { extra: 1 }),
      id: await call('moves.open', { moveId: '../../etc' }),
      large: await call('app.copy', { text: 'x'.repeat(1_000_000) })
    }
  })
  expect(answers.unknown).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
  expect(answers.extra).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
  expect(answers.id).toMatchObject({ ok: false, failure: { what: 'This is not the id of a move.' } })
  expect(answers.large).toMatchObject({ ok: false, failure: { what: 'The message of the window is too large.' } })
  expect(JSON.stringify(answers)).not.toMatch(/\\n\s+at /)
})

test('when the computer wakes, every line is looked at: one listener waits for it', async () => {
  const waiting = await app.electron.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume')
    return powerMonitor.listenerCount('resume')
  })
  expect(waiting).toBe(1)
})
