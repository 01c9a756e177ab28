import ts from 'typescript'
import type { Name, Source } from './source'

const LINES = 300
const under = (...prefixes: string[]) => {
  return (source: Source) => prefixes.some((prefix) => source.path.startsWith(prefix))
}

interface Rule {
  /** Where the rule holds. */
  holds: (source: Source) => boolean
  breaks: (name: Name) => boolean
  says: string
}

/** A name that is only a label: `x.window`, `{ window: … }`. */
const isLabel = ({ node }: Name): boolean => {
  const parent = node.parent
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isJsxAttribute(parent)) &&
    parent.name === node
  )
}

/** `identity.versionNumbers.join('.')`, or the place where the numbers are declared or given. */
const isShown = ({ node }: Name): boolean => {
  const read = node.parent
  // `{ versionNumbers: _numbers, ...identity }` leaves them out.
  if (ts.isBindingElement(read)) return ts.isIdentifier(read.name) && read.name.text.startsWith('_')
  if (!ts.isPropertyAccessExpression(read) || read.name !== node) return true
  const next = read.parent
  return ts.isPropertyAccessExpression(next) && next.expression === read && next.name.text === 'join'
}

const prints = new Set(['log', 'info', 'debug', 'dir', 'table', 'trace'])
const rawHtml = new Set(['dangerouslySetInnerHTML', 'innerHTML', 'outerHTML', 'insertAdjacentHTML', 'eval'])
const src = under('src/')
const not = (where: (source: Source) => boolean) => (source: Source) => src(source) && !where(source)

const rules: Rule[] = [
  {
    holds: not(under('src/main/ipc/')),
    breaks: (name) => name.text === 'ipcMain',
    says: 'ipcMain is used in src/main/ipc only'
  },
  {
    holds: not(under('src/main/desktop/')),
    breaks: (name) => name.text === 'webPreferences',
    says: 'webPreferences are set by the one window factory in src/main/desktop'
  },
  {
    holds: not(under('src/preload/')),
    breaks: (name) => name.text === 'contextBridge' || name.text === 'ipcRenderer',
    says: 'only the preload script talks to the other process'
  },
  { holds: src, breaks: (name) => rawHtml.has(name.text), says: 'neither eval nor raw HTML' },
  {
    holds: src,
    breaks: ({ text, node }) => text === 'Function' && ts.isNewExpression(node.parent),
    says: 'no code from strings'
  },
  {
    holds: src,
    breaks: (name) => name.text === 'createServer',
    says: 'the app opens no listening port'
  },
  {
    holds: not(under('src/main/mysql/')),
    breaks: (name) => name.text === 'versionNumbers' && !isShown(name),
    says: 'versions are compared in src/main/mysql only, elsewhere they are shown'
  },
  {
    holds: not(under('src/main/cli')),
    breaks: ({ node }) => {
      const parent = node.parent
      if (!ts.isPropertyAccessExpression(parent) || parent.name !== node || !prints.has(node.text)) return false
      return ts.isIdentifier(parent.expression) && parent.expression.text === 'console'
    },
    says: 'only the command line client prints'
  },
  {
    holds: (source) => source.path.startsWith('src/renderer/') && source.path !== 'src/renderer/api.ts',
    breaks: (name) => name.text === 'window' && !isLabel(name),
    says: 'only src/renderer/api.ts touches window'
  }
]

/** What the contents of these files break: forbidden names, default exports, too many lines; `file:line rule`. */
export const contentViolations = (sources: Source[]): string[] => {
  const found = sources.flatMap((source) => {
    const broken = rules
      .filter((rule) => rule.holds(source))
      .flatMap((rule) => {
        return source.names.filter(rule.breaks).map((name) => `${source.path}:${name.line} ${rule.says} (${name.text})`)
      })
    const defaults = src(source) ? source.defaultExports.map((line) => `${source.path}:${line} no default exports`) : []
    const long = source.lines > LINES ? [`${source.path}:${source.lines} has more than ${LINES} lines`] : []
    return [...broken, ...defaults, ...long]
  })
  const factories = sources.filter(
    (source) => src(source) && source.names.some((name) => name.text === 'webPreferences')
  )
  const [, ...more] = factories
  return [...found, ...more.map((source) => `${source.path}:1 a second file sets webPreferences`)]
}
