// Stand-in for Electron's own default_app.asar, which the assembled development runtime lacks: `electron [-r module]… <directory or file> [arguments]`.
const { app } = require('electron')
const fs = require('node:fs')
const path = require('node:path')
const Module = require('node:module')
const { pathToFileURL } = require('node:url')

const argv = process.argv.slice(1)
const preload = []
let file
for (let i = 0; i < argv.length && file === undefined; i++) {
  const argument = argv[i]
  if (argument === '-v' || argument === '--version') {
    process.stdout.write(`v${process.versions.electron}\n`)
    process.exit(0)
  } else if (argument === '-r' || argument === '--require') preload.push(argv[++i])
  else if (!argument.startsWith('-')) file = argument
}
for (const name of preload) require(path.isAbsolute(name) ? name : path.resolve(name))

const load = async () => {
  let target = path.resolve(file)
  let esm = target.endsWith('.mjs')
  process.defaultApp = true
  const manifest = path.join(target, 'package.json')
  if (fs.existsSync(manifest)) {
    const pkg = JSON.parse(fs.readFileSync(manifest, 'utf8'))
    if (pkg.version) app.setVersion(pkg.version)
    app.setName(pkg.productName || pkg.name || 'Electron')
    app.setPath('userData', path.join(app.getPath('appData'), app.getName()))
    app.setAppPath(target)
    target = path.resolve(target, pkg.main || 'index.js')
    esm = pkg.type === 'module'
  }
  // The app sees the same argv as under Electron's own default app: [electron, app, …arguments].
  process.argv.splice(1, Math.max(0, process.argv.indexOf(file) - 1))
  return esm ? import(pathToFileURL(target).href) : Module._load(target, Module, true)
}

if (file === undefined) {
  console.error('usage: electron <app directory>')
  app.exit(1)
} else {
  load().catch((error) => {
    console.error('App threw an error during load')
    console.error(error?.stack ?? error)
    app.exit(1)
  })
}
