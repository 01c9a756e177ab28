import { open, readdir } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { fail } from '../../shared/failure'
import { type OptionLine, readOptionLines } from './option-lines'

/** More than any list of connections; what is larger is something else. */
const longest = 8 * 1024 * 1024
const deepestInclude = 10
const mostFiles = 100

/** Bytes of a plain file, or null when there is none. Devices, pipes and huge files are refused without being read. */
export const readPlainFile = async (path: string): Promise<Buffer | null> => {
  // Without O_NONBLOCK a pipe that nobody writes to would keep this waiting.
  const file = await open(path, 0o4000).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw fail('storage', `${path} cannot be read.`, {
      where: path,
      code: error.code,
      try: ['Look at the rights of the file.']
    })
  })
  if (file === null) return null
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.size > longest)
      throw fail('invalid', `${path} is not a file of connections.`, {
        where: path,
        why: stat.isFile() ? 'It is larger than 8 MiB.' : 'It is no plain file.',
        try: ['Look what it is.']
      })
    return await file.readFile()
  } finally {
    await file.close()
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    () => []
  )

/** Lines of an option file with those of the files it includes, in the order in which they count. Null when there is no such file. */
export const readOptionFile = async (
  path: string,
  depth = 0,
  seen = new Set<string>()
): Promise<OptionLine[] | null> => {
  const bytes = await readPlainFile(path)
  if (bytes === null) return null
  seen.add(path)
  const lines: OptionLine[] = []
  for (const line of readOptionLines(bytes.toString('utf8'))) {
    if (line.kind !== 'include') {
      lines.push(line)
      continue
    }
    const target = isAbsolute(line.path) ? line.path : join(dirname(path), line.path)
    const files = line.directory
      ? (await namesIn(target)).filter((name) => /\.(cnf|ini)$/.test(name)).map((name) => join(target, name))
      : [target]
    for (const file of files)
      if (depth < deepestInclude && seen.size < mostFiles && !seen.has(file))
        lines.push(...((await readOptionFile(file, depth + 1, seen)) ?? []))
  }
  return lines
}

/** `data-sources*.json` of every project of a DBeaver workspace. */
export const dbeaverFiles = async (workspace: string): Promise<string[]> => {
  const files: string[] = []
  for (const project of (await namesIn(workspace)).slice(0, mostFiles)) {
    const folder = join(workspace, project, '.dbeaver')
    const names = (await namesIn(folder)).filter((name) => /^data-sources.*\.json$/.test(name))
    files.push(...names.map((name) => join(folder, name)))
  }
  return files
}
