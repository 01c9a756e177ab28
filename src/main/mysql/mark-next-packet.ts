import type { AuthPlugin } from 'mysql2'
import { type DriverPacket, insideOfSignIn } from './inside'

type PacketClass = new (sequenceId: number, buffer: Buffer, start: number, end: number) => DriverPacket
type PluginCommand = Parameters<AuthPlugin>[0]['command']

/** Some plugins' packets come without the mark of one, which the driver would refuse: before the next, the mark is put if it begins as theirs do. */
export const markNextPacket = async (command: PluginCommand, isOurs: (firstByte: number) => boolean): Promise<void> => {
  // The driver decides what reads the next packet only after the plugin was called.
  await Promise.resolve()
  const signIn = insideOfSignIn(command)
  const usual = signIn.next
  if (!usual) return
  signIn.next = (packet, connection) => {
    if (!isOurs(packet.peekByte())) return usual.call(signIn, packet, connection)
    const body = packet.buffer.subarray(packet.offset, packet.end)
    const whole = Buffer.concat([Buffer.alloc(4), Buffer.from([1]), body])
    const marked = new (packet.constructor as PacketClass)(packet.sequenceId, whole, 0, whole.length)
    return usual.call(signIn, marked, connection)
  }
}
