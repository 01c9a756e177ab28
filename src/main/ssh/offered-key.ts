import ssh2, { type IdentityCallback, type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2'
import { failureOf } from '../../shared/failure'
import type { Identity } from './identities'

/** One key in the shape the SSH library asks an agent for, because only an agent may take its time to sign. It cannot be forwarded. */
export class OfferedKey extends ssh2.BaseAgent<ParsedKey> {
  private readonly identity: Identity
  private readonly hold: <T>(waiting: Promise<T>) => Promise<T>

  constructor(identity: Identity, hold: <T>(waiting: Promise<T>) => Promise<T>) {
    super()
    this.identity = identity
    this.hold = hold
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(null, [this.identity.publicKey])
  }

  override sign(
    _key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done: SignCallback = () => undefined
  ): void {
    const hash = typeof options === 'function' ? undefined : options.hash
    const answer = typeof options === 'function' ? options : done
    if (hash === 'sha1') {
      answer(
        new Error(`${this.identity.name}: the server takes RSA signatures with SHA-1 only, which are no longer safe.`)
      )
      return
    }
    this.hold(this.identity.sign(data, hash)).then(
      (signature) => answer(null, signature),
      (error) => {
        const { what, words } = failureOf(error)
        answer(new Error(`${this.identity.name}: ${words ?? what}`))
      }
    )
  }
}
