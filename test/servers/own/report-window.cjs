// Opens documents one after the other in a real Chromium window and tells, as JSON, what happened in it.
const { app, BrowserWindow, session } = require('electron')

const paths = JSON.parse(process.env.REPORT_PATHS)

app.whenReady().then(async () => {
  const told = []
  for (const path of paths) {
    const one = { path, console: [], requests: [], dialogs: 0 }
    const partition = session.fromPartition(`report-${told.length}`)
    partition.webRequest.onBeforeRequest((details, go) => {
      if (details.resourceType !== 'mainFrame') one.requests.push(details.url.slice(0, 200))
      go({})
    })
    const window = new BrowserWindow({ show: false, width: 1280, height: 900, webPreferences: { session: partition } })
    window.webContents.on('console-message', (event, _level, message) => {
      one.console.push(String(message ?? event.message).slice(0, 300))
    })
    await window.loadFile(path)
    const seen = await window.webContents.executeJavaScript(`({
      title: document.title,
      scripts: document.scripts.length,
      handlers: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((a) => /^on/i.test(a.name))).length,
      styled: getComputedStyle(document.querySelector('main')).borderRadius,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      sections: [...document.querySelectorAll('section[id]')].map((one) => one.id),
      alerted: window.alerted === true
    })`)
    told.push({ ...one, ...seen })
    window.destroy()
  }
  process.stdout.write(`\nTOLD ${JSON.stringify(told)}\n`)
  app.exit(0)
})
app.on('window-all-closed', () => {})
