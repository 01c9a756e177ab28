import type { Client, ClientChannel } from 'ssh2'

type Refused = (protocol: unknown, left: string[], partial: boolean) => void

interface Agreed {
  cs: { cipher: string }
  sc: { cipher: string }
}

/** What ssh2 knows of a connection and tells nobody. */
interface ProtocolInside {
  /** The key exchange is strict (the answer to “Terrapin”). */
  _strictMode?: boolean
  /** What was agreed on, before anything is enciphered. */
  _kex?: { negotiated?: Agreed }
  /** What deciphers the packets that come. */
  _decipher?: object
  /** Who is called for each packet that comes. */
  _handlers?: { USERAUTH_FAILURE?: Refused }
}

/** The parts of a channel that its window lives in. */
interface ChannelInside {
  /** What the other side may still send. */
  incoming: { window: number; state: string }
  outgoing: { id: number; state: string }
  _client: { _protocol: { channelWindowAdjust(channel: number, bytes: number): void } }
}

/**
 * The inside of the SSH library that its types do not tell, as it is in ssh2 1.17.0; nothing else reaches there. The test
 * of this file fails when another version keeps it elsewhere.
 */
export const insideOf = (client: Client): ProtocolInside =>
  (client as Client & { _protocol?: ProtocolInside })._protocol ?? {}

/** The same of a channel; throws where it is not as described, before a window is counted wrongly. */
export const insideOfChannel = (channel: ClientChannel): ChannelInside => {
  const inside = channel as ClientChannel & ChannelInside
  if (
    typeof inside.incoming?.window !== 'number' ||
    typeof inside.outgoing?.id !== 'number' ||
    typeof inside._client?._protocol?.channelWindowAdjust !== 'function'
  )
    throw new Error('the SSH library keeps its windows elsewhere')
  return inside
}
