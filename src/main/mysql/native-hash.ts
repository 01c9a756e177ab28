import { createHash } from 'node:crypto'

const sha1 = (bytes: Buffer): Buffer => createHash('sha1').update(bytes).digest()

/** What `PASSWORD()` of the server gives for mysql_native_password: `*` and the doubled SHA-1 in hexadecimal. */
export const nativeHash = (password: string): string =>
  `*${sha1(sha1(Buffer.from(password)))
    .toString('hex')
    .toUpperCase()}`
