import type { AuthPlugin } from 'mysql2'

/** A packet of the driver, and the command that reads the packets of a sign-in; neither is in its types. */
interface DriverPacket {
  sequenceId: number
  buffer: Buffer
  offset: number
  end: number
  peekByte(): number
}
type PacketClass = new (sequenceId: number, buffer: Buffer, start: number, end: number) => DriverPacket
interface SignInCommand {
  next: ((packet: DriverPacket, connection: unknown) => unknown) | null
}
type PluginCommand = Parameters<AuthPlugin>[0]['command']

/** Some plugins' packets come without the mark of one, which the driver would refuse: before the next, the mark is put if it begins as theirs do. */
export const markNextPacket = async (command: PluginCommand, isOurs: (firstByte: number) => boolean): Promise<void> => {
  // The driver decides what reads the next packet only after the plugin was called.
  await Promise.resolve()
  const signIn = command as unknown as SignInCommand
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
