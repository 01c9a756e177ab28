import { createDecipheriv } from 'node:crypto'
import { fail } from '../../shared/failure'

const unusedBytes = 4
const keyBytes = 20
/** Longest line that `mysql_config_editor` writes. */
const longestLine = 4096

const broken = (path: string, why: string) =>
  fail('invalid', `${path} is not a login path file.`, {
    where: path,
    why,
    try: ['Look whether the server’s programs can read it: mysql_config_editor print --all']
  })

/**
 * The text of a `.mylogin.cnf`: four unused bytes, twenty bytes that are folded into an AES key, then each line with its
 * length before it. The file only hides its content, it does not protect it (dev.mysql.com/doc/refman, `mysql_config_editor`).
 */
export const readLoginPaths = (bytes: Buffer, path: string): string => {
  if (bytes.length < unusedBytes + keyBytes) throw broken(path, 'It is too short.')
  const key = Buffer.alloc(16)
  for (let at = 0; at < keyBytes; at++) key[at % 16] = (key[at % 16] ?? 0) ^ (bytes[unusedBytes + at] ?? 0)
  const lines: string[] = []
  let at = unusedBytes + keyBytes
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw broken(path, 'It is cut short.')
    const length = bytes.readInt32LE(at)
    at += 4
    if (length <= 0 || length > longestLine || length % 16 !== 0 || at + length > bytes.length)
      throw broken(path, 'It is cut short or of another version.')
    const decipher = createDecipheriv('aes-128-ecb', key, null)
    try {
      lines.push(Buffer.concat([decipher.update(bytes.subarray(at, at + length)), decipher.final()]).toString('utf8'))
    } catch {
      throw broken(path, 'Its key does not open it.')
    }
    at += length
  }
  return lines.join('')
}
