/** What the bridge's own TCP connection has carried since it stands. */
export interface BridgeBytes {
  /** Tells one connection from the next: counts begin anew with each. */
  connection: string
  toNewBytes: number
  toOldBytes: number
}

/** The statement whose answer `parseBridgeBytes` reads, as it is shown. */
export const bytesCommand = (sshPort: number): string => `ss -tinp 'dport = :${sshPort}'`

/** Read-only; says nothing on a host without `ss`. */
export const bytesScript = (sshPort: number): string =>
  `command -v ss >/dev/null && ${bytesCommand(sshPort)} 2>/dev/null | sed 's/^/tcp /'`

/**
 * Bytes that the kernel has counted on the connection of the bridge's ssh, which runs on the new host: enciphered, in both
 * directions, those received by the other end. null: the kernel or the account does not tell. Pure.
 */
export const parseBridgeBytes = (text: string, sshPid: number): BridgeBytes | null => {
  const lines = text.split('\n').flatMap((line) => (line.startsWith('tcp ') ? [line.slice(4)] : []))
  const found = lines.flatMap((line, index): (BridgeBytes & { fd: number })[] => {
    const owner = new RegExp(`pid=${sshPid},fd=(\\d+)`).exec(line)
    const info = lines[index + 1]
    const [, , , local, peer] = line.trim().split(/\s+/)
    if (!owner || info === undefined || !/^\s/.test(info)) return []
    const count = (name: string) => Number(new RegExp(`\\b${name}:(\\d+)`).exec(info)?.[1] ?? 0)
    const [toOldBytes, toNewBytes] = [count('bytes_acked'), count('bytes_received')]
    // Kernels that count no bytes name neither; a connection that stands has carried some both ways.
    if (toOldBytes === 0 || toNewBytes === 0) return []
    return [{ fd: Number(owner[1]), connection: `${sshPid} ${local} ${peer}`, toNewBytes, toOldBytes }]
  })
  // ssh opens the connection before anything that it carries.
  const first = found.sort((a, b) => a.fd - b.fd)[0]
  return first ? { connection: first.connection, toNewBytes: first.toNewBytes, toOldBytes: first.toOldBytes } : null
}
