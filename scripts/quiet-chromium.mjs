// What Chromium says on every computer without a system bus or a graphics card: it goes on without them, and so does the app.
const harmless = [
  /^\[\d+:\d+\/[\d.]+:ERROR:(?:dbus\/)?(?:bus|object_proxy)\.cc\(\d+\)\] Failed to (?:connect to the bus|call method)/,
  /^\[\d+:\d+\/[\d.]+:ERROR:(?:[\w/]+\/)?viz_main_impl\.cc\(\d+\)\] Exiting GPU process due to errors during initialization/
]

export const isHarmless = (line) => harmless.some((known) => known.test(line))

/** Passes on what a program says on its error stream, line by line, without what is known to mean nothing. */
export const passOn = (from, to) => {
  let rest = ''
  from.setEncoding('utf8')
  from.on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (!isHarmless(line)) to.write(`${line}\n`)
    // Words that do not begin as Chromium's lines do are not kept back until their line ends.
    if (rest && !rest.startsWith('[')) {
      to.write(rest)
      rest = ''
    }
  })
  from.on('end', () => {
    if (rest) to.write(rest)
  })
}
