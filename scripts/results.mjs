// What the test programs wrote, as one shape: { passed, skipped: [title], failures: [{ title, text }] }.
import fs from 'node:fs'
import path from 'node:path'

const plain = (text) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal colour is made of
  text.replace(/\u001b\[[0-9;]*m/g, '')

/** Results from vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function vitestResults(report, root) {
  const results = { passed: 0, skipped: [], failures: [] }
  for (const file of report.testResults) {
    const name = path.relative(root, file.name)
    for (const test of file.assertionResults) {
      const title = `${name}: ${test.fullName || test.title}`
      if (test.status === 'passed') results.passed++
      else if (test.status === 'failed') results.failures.push({ title, text: plain(test.failureMessages.join('\n')) })
      else results.skipped.push(title)
    }
    const silent = file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')
    if (silent)
      results.failures.push({ title: name, text: plain(file.message || 'the file failed without naming a test') })
  }
  return results
}

function* specsOf(suite) {
  yield* suite.specs ?? []
  for (const inner of suite.suites ?? []) yield* specsOf(inner)
}

/** Results from Playwright's JSON report. A test that passed only when tried again counts as failed. */
export function playwrightResults(report) {
  const results = { passed: 0, skipped: [], failures: [] }
  for (const suite of report.suites) {
    for (const spec of specsOf(suite)) {
      for (const test of spec.tests) {
        const title = `${spec.file}: ${spec.title}`
        const reason = test.annotations?.find((note) => note.type === 'skip')?.description
        if (test.status === 'expected') results.passed++
        else if (test.status === 'skipped') results.skipped.push(reason ? `${title} (${reason})` : title)
        else {
          const errors = test.results
            .flatMap((run) => run.errors ?? [])
            .map((error) => error.message ?? error.value ?? '')
          results.failures.push({ title, text: plain(errors.join('\n')) || `ended as ${test.status}` })
        }
      }
    }
  }
  for (const error of report.errors ?? []) {
    results.failures.push({ title: 'playwright', text: plain(error.message ?? String(error)) })
  }
  return results
}

/** Vitest's own account of what failed, with the differences that its JSON leaves out; empty when it gave none. */
export function vitestAccount(log) {
  const lines = plain(log).split('\n')
  const start = lines.findIndex((line) => /^\s*⎯+ (Failed (Suites|Tests)|Unhandled)/.test(line))
  return start === -1 ? '' : lines.slice(start).join('\n').trimEnd()
}

/** The results of a stage that ended: its report if it wrote one, otherwise its exit status; an end without results is a failure. */
export function stageResults({ stage, root, status, ending, log }) {
  const readLog = () => fs.readFileSync(log, 'utf8')
  const tail = () => plain(readLog()).trimEnd().split('\n').slice(-80).join('\n')
  const crashed = (why) => ({ title: stage.name, text: `${why}\n${tail()}` })
  if (stage.report === undefined) {
    return status === 0
      ? { passed: 1, skipped: [], failures: [] }
      : { passed: 0, skipped: [], failures: [crashed(ending)] }
  }
  let results
  try {
    const report = JSON.parse(fs.readFileSync(stage.report.file, 'utf8'))
    results = stage.report.kind === 'vitest' ? vitestResults(report, root) : playwrightResults(report)
  } catch (error) {
    return { passed: 0, skipped: [], failures: [crashed(`${ending}, without usable results (${error.message})`)] }
  }
  if (results.failures.length > 0 && stage.report.kind === 'vitest') results.account = vitestAccount(readLog())
  if (status !== 0 && results.failures.length === 0) results.failures.push(crashed(`${ending}, though no test failed`))
  if (results.passed + results.skipped.length + results.failures.length === 0) {
    results.failures.push(crashed('no test was found'))
  }
  return results
}
