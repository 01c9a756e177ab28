import type { ParsedKey } from 'ssh2'
import { fail } from '../../shared/failure'

/** A key that can be offered: its public half is known, its signature is made only when a server takes the key. */
export interface Identity {
  /** The file's path, or the comment an agent keeps the key under. */
  name: string
  from: 'agent' | 'file'
  publicKey: ParsedKey
  sign(data: Buffer, hash: 'sha256' | 'sha512' | undefined): Promise<Buffer>
}

const blobOf = (identity: Identity): string => identity.publicKey.getPublicSSH().toString('base64')

/**
 * The order OpenSSH offers keys in: those of the agent that an identity file names (in the files' order), the agent's
 * others unless only the named ones are wanted, then the files whose key the agent does not hold.
 */
export const orderIdentities = (
  held: readonly Identity[],
  files: readonly Identity[],
  onlyNamed: boolean
): Identity[] => {
  const heldByBlob = new Map(held.map((identity) => [blobOf(identity), identity]))
  const blobs = files.map(blobOf)
  const named = [...new Set(blobs)]
  return [
    ...named.flatMap((blob) => heldByBlob.get(blob) ?? []),
    ...(onlyNamed ? [] : held.filter((identity) => !named.includes(blobOf(identity)))),
    ...files.filter((identity, index) => !heldByBlob.has(blobOf(identity)) && blobs.indexOf(blobOf(identity)) === index)
  ]
}

/** An identity of a private key that is read when it is to sign. */
export const fileIdentity = (name: string, publicKey: ParsedKey, load: () => Promise<ParsedKey>): Identity => ({
  name,
  from: 'file',
  publicKey,
  sign: async (data, hash) => {
    const key = await load()
    if (!key.getPublicSSH().equals(publicKey.getPublicSSH()))
      throw fail('auth', `The key ${name} does not belong to the public key beside it.`, {
        where: name,
        try: ['Make the .pub file anew (`ssh-keygen -y`), or remove it.']
      })
    const signature: unknown = key.sign(data, hash)
    if (Buffer.isBuffer(signature)) return signature
    throw signature instanceof Error ? signature : new Error('the key could not sign')
  }
})
