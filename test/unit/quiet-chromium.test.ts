import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('a terminal is spared what Chromium says without a system bus, and nothing else', async () => {
  const said = [
    '[32169:1123/161738.579:ERROR:bus.cc(407)] Failed to connect to the bus: Could not parse server address',
    '[32169:1123/161738.579:ERROR:dbus/object_proxy.cc(590)] Failed to call method: org.freedesktop.DBus.NameHasOwner',
    'demo: customers order 20 times a second',
    '[1:2/3.4:ERROR:gpu_process_host.cc(991)] GPU process exited unexpectedly: exit_code=139',
    '[broken'
  ].join('\n')
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    `import { Readable } from 'node:stream'
     import { passOn } from './scripts/quiet-chromium.mjs'
     passOn(Readable.from([...process.argv[1]]), process.stdout)`,
    said
  ])
  expect(stdout.split('\n')).toEqual(said.split('\n').slice(2))
})
