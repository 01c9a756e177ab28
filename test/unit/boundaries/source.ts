import { posix } from 'node:path'
import ts from 'typescript'

export interface Import {
  specifier: string
  line: number
  /** Erased by the compiler: `import type …`. */
  typeOnly: boolean
  /** Where a relative import leads, without extension; null for a package. */
  target: string | null
  /** What a plain list of names takes from it; null for every other form, which may take all. */
  names: string[] | null
}

export interface Name {
  text: string
  line: number
  node: ts.Identifier
}

export interface Source {
  path: string
  lines: number
  imports: Import[]
  names: Name[]
  defaultExports: number[]
}

const scriptKind = (path: string): ts.ScriptKind => {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX
  return path.endsWith('.mjs') || path.endsWith('.js') ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const bindings = clause.namedBindings
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly)
}

const namesOf = (node: ts.Node): string[] | null => {
  if (!ts.isImportDeclaration(node)) return null
  const bindings = node.importClause?.namedBindings
  if (node.importClause?.name || !bindings || !ts.isNamedImports(bindings)) return null
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text)
}

const isDefaultExport = (node: ts.Node): boolean => {
  if (ts.isExportAssignment(node)) return !node.isExportEquals
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false
}

/** What the rules look at in one file: its imports of every form, its identifiers, its default exports. */
export const parseSource = (path: string, text: string): Source => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, scriptKind(path))
  const source: Source = { path, lines: text.trimEnd().split('\n').length, imports: [], names: [], defaultExports: [] }
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1

  const add = (node: ts.Node, literal: ts.Node | undefined, typeOnly: boolean) => {
    if (!literal || !ts.isStringLiteralLike(literal)) return
    const specifier = literal.text.replace(/\?.*$/, '')
    const relative = specifier.startsWith('.')
    const target = relative ? posix.join(posix.dirname(path), specifier).replace(/\.(tsx?|m?js)$/, '') : null
    source.imports.push({ specifier, line: lineOf(node), typeOnly, target, names: namesOf(node) })
  }

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node))
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      add(node, node.moduleReference.expression, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true)
    else if (ts.isCallExpression(node)) {
      const dynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword
      const required = ts.isIdentifier(node.expression) && node.expression.text === 'require'
      if (dynamic || required) add(node, node.arguments[0], false)
    }
    if (isDefaultExport(node)) source.defaultExports.push(lineOf(node))
    if (ts.isIdentifier(node)) source.names.push({ text: node.text, line: lineOf(node), node })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return source
}
