import type { AuthPlugin, Connection } from 'mysql2'

type PluginCommand = Parameters<AuthPlugin>[0]['command']

/** A packet of the driver. */
export interface DriverPacket {
  sequenceId: number
  buffer: Buffer
  offset: number
  end: number
  peekByte(): number
}

/** What the driver keeps of a connection. */
interface ConnectionInside {
  /** Takes every piece the server sends, decrypted. */
  packetParser?: { execute(chunk: Buffer): void }
  /** What it speaks over by now: another one once TLS was begun. */
  stream?: unknown
}

/** The command that reads the packets of a sign-in. */
interface SignInCommand {
  /** What reads the next packet. */
  next: ((packet: DriverPacket, connection: unknown) => unknown) | null
}

/** The inside of the database driver that its types do not tell, as it is in mysql2 3.24; nothing else reaches there. */
export const insideOf = (connection: Connection): ConnectionInside => connection as Connection & ConnectionInside

/** The same of the command that signs in. */
export const insideOfSignIn = (command: PluginCommand): SignInCommand => command as PluginCommand & SignInCommand
