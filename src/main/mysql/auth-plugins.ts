import { type AuthPlugin, authPlugins } from 'mysql2'
import { type FailureError, fail } from '../../shared/failure'
import { type DialogQuestion, dialogAnswer, isDialogQuestion, readDialogQuestion } from './auth-dialog'
import { ed25519Answer } from './auth-ed25519'
import { parsecAnswer, readParsecSalt } from './auth-parsec'
import { markNextPacket } from './mark-next-packet'

/** How far a password may be handed over in this session. */
export interface SignInWay {
  label: string
  user: string
  password: string
  /** Inside SSH, or on this computer. */
  trusted: boolean
  /** Through a unix socket, which servers count as secure. */
  socket: boolean
  /** The line ends on the very host of the database: nobody stands behind it. */
  local: boolean
  /** TLS as it will be spoken: not at all, with whoever answers, or with somebody a CA vouches for. */
  tls: 'none' | 'unverified' | 'verified'
}

const challengeBytes = 32

const noChallenge = (way: SignInWay, plugin: string): FailureError =>
  fail('refused', `${way.label} asks for a sign-in by ${plugin} in a way that plugin does not have.`, {
    where: way.label,
    try: ['Check that this is the database you mean.']
  })

const unvouchedKey = ({ label }: SignInWay): FailureError =>
  fail('tls', `${label} wants the password sealed with a key that nobody vouches for.`, {
    where: label,
    why: 'The connection is neither encrypted nor inside SSH, so anybody between could be the one who asks.',
    try: ['Reach the database through SSH, or set TLS to “required” or better.']
  })

const clearPassword = ({ label, user }: SignInWay): FailureError =>
  fail('auth', `The account ${user} signs in with mysql_clear_password, which hands over the password itself.`, {
    where: label,
    why: 'Siteswap does that only inside TLS, with a server whose certificate was verified.',
    try: [
      'Set TLS to “Verify the CA” or “Verify CA and host name”.',
      'Or use an account that signs in with caching_sha2_password, ed25519 or mysql_native_password.'
    ]
  })

const clearText =
  (way: SignInWay): AuthPlugin =>
  () =>
  () => {
    if (way.tls !== 'verified') throw clearPassword(way)
    return Buffer.from(`${way.password}\0`, 'utf8')
  }

const ed25519 =
  (way: SignInWay): AuthPlugin =>
  () =>
  (challenge) => {
    if (challenge.length < challengeBytes) throw noChallenge(way, 'ed25519')
    return way.password === '' ? Buffer.alloc(0) : ed25519Answer(way.password, challenge.subarray(0, challengeBytes))
  }

/** How the packet with parsec's salt begins. */
const saltMark = 0x50

const parsec =
  (way: SignInWay): AuthPlugin =>
  ({ command }) => {
    let challenge: Buffer | null = null
    return async (bytes) => {
      if (challenge === null) {
        if (bytes.length < challengeBytes) throw noChallenge(way, 'parsec')
        challenge = Buffer.from(bytes)
        await markNextPacket(command, (firstByte) => firstByte === saltMark)
        return Buffer.alloc(0)
      }
      const salt = readParsecSalt(bytes)
      if (salt === null) throw noChallenge(way, 'parsec')
      return parsecAnswer(way.password, challenge, salt)
    }
  }

const dialogInTheOpen = ({ label, user }: SignInWay): FailureError =>
  fail('auth', `The account ${user} signs in by a dialog (PAM), which hands over the password itself.`, {
    where: label,
    why: 'Siteswap does that only where nobody stands between: inside TLS with a verified certificate, or when the database is on the very host that SSH leads to.',
    try: [
      'Set TLS to “Verify the CA” or “Verify CA and host name”.',
      'Or reach the database through SSH to its own host, at 127.0.0.1 or its socket.',
      'Or use an account that signs in with caching_sha2_password, ed25519 or mysql_native_password.'
    ]
  })

const askedMore = ({ label, user }: SignInWay, question: DialogQuestion): FailureError =>
  fail('auth', `${label} asks ${user} for more than a password, and nobody can be asked here.`, {
    where: label,
    words: question.text || undefined,
    try: ['Give Siteswap an account that signs in by a password alone.']
  })

/** The first hidden question gets the password; whatever else a server asks is not answered. */
const dialog =
  (way: SignInWay): AuthPlugin =>
  ({ command }) => {
    let answered = false
    return async (bytes) => {
      const question = readDialogQuestion(bytes)
      if (question === null) throw noChallenge(way, 'dialog')
      if (way.tls !== 'verified' && !way.local) throw dialogInTheOpen(way)
      if (answered || !question.hidden) throw askedMore(way, question)
      answered = true
      if (!question.last) await markNextPacket(command, isDialogQuestion)
      return dialogAnswer(way.password)
    }
  }

/** The sign-in plugins the driver is given; whatever is not here or built in is refused. */
export const signInPlugins = (way: SignInWay): Record<string, AuthPlugin> => {
  const onServerPublicKey = () => {
    if (!way.trusted) throw unvouchedKey(way)
  }
  const plain = way.tls !== 'none' || way.trusted
  return {
    mysql_clear_password: clearText(way),
    sha256_password: authPlugins.sha256_password({ onServerPublicKey }),
    client_ed25519: ed25519(way),
    parsec: parsec(way),
    dialog: dialog(way),
    // Without a reason to watch it, the built-in one saves a round trip.
    ...(plain && !way.socket
      ? {}
      : {
          caching_sha2_password: authPlugins.caching_sha2_password({
            onServerPublicKey,
            // A server counts its unix socket as secure: there it takes the password as it is, and no key.
            ...(way.socket ? { overrideIsSecure: true } : {})
          })
        })
  }
}
