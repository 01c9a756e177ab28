import { lookup } from 'node:dns/promises'
import { connect, isIP, type OnReadOpts, type Socket } from 'node:net'
import { deadlineText, within } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'

const noName = (host: string, code: string | undefined): FailureError =>
  fail('not-found', `The name ${host} does not resolve to an address.`, {
    where: host,
    code,
    ...(code === 'EAI_AGAIN'
      ? { why: 'This computer’s DNS server gave no answer: the name itself may be right.' }
      : {}),
    try: ['Check the spelling of the host.', 'Check this computer’s DNS or VPN: the name may be known inside only.']
  })

/** What each address of a name answered, when there are several. */
const eachAddress = (error: Error): string | undefined => {
  if (!(error instanceof AggregateError)) return undefined
  const told = (error.errors as NodeJS.ErrnoException[]).map(
    (one) => `${(one as { address?: string }).address ?? 'an address'}: ${one.code ?? one.message}`
  )
  return told.length > 1 ? `Each of its addresses was tried: ${told.join('; ')}.` : undefined
}

/** Addresses of a name as this computer resolves it; an address is returned as it is. */
export const resolveName = async (host: string, deadlineMs: number, signal?: AbortSignal): Promise<string[]> => {
  if (isIP(host)) return [host]
  const found = await within(
    lookup(host, { all: true }),
    deadlineMs,
    () =>
      fail('timeout', `The name ${host} was not resolved within ${deadlineText(deadlineMs)}.`, {
        where: host,
        try: ['Check this computer’s network, DNS server or VPN.']
      }),
    { signal }
  ).catch((error: NodeJS.ErrnoException) => {
    throw error.code?.startsWith('E') ? noName(host, error.code) : error
  })
  if (found.length === 0) throw noName(host, 'ENODATA')
  return found.map((entry) => entry.address)
}

/** A connect error of the system, in words. */
export const dialFailure = (host: string, port: number, error: NodeJS.ErrnoException): FailureError => {
  const where = `${host}:${port}`
  const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : error
  const code = error.code ?? inner?.code
  const why = eachAddress(error)
  switch (code) {
    case 'ECONNREFUSED':
      return fail('refused', `Nothing answers at ${where}: the connection was refused.`, {
        where,
        code,
        why,
        try: ['Check the port.', 'Check that the service runs there and listens on this address.']
      })
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return fail('unreachable', `There is no way from this computer to ${where}.`, {
        where,
        code,
        why,
        try: ['Check this computer’s network or VPN.', 'Check the address; a jump host may be needed to reach it.']
      })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return noName(host, code)
    default:
      return fail('unreachable', `The connection to ${where} failed.`, {
        where,
        code,
        why,
        words: inner?.message ?? error.message,
        try: ['Check host, port and the network between.']
      })
  }
}

/** A connected TCP socket; every address of the name is tried, all within one deadline. With `onread` it is paused. */
export const dialTcp = async (
  host: string,
  port: number,
  deadlineMs: number,
  signal?: AbortSignal,
  onread?: OnReadOpts
): Promise<Socket> => {
  const how = { host, port, autoSelectFamily: true, noDelay: true, keepAlive: true }
  const socket = connect(onread ? { ...how, onread } : how)
  // What came before anybody listens would be handed to nobody.
  if (onread) socket.pause()
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error) => reject(dialFailure(host, port, error)))
  })
  // A socket without an error listener takes the process down when the line breaks between owners.
  socket.on('error', () => undefined)
  return within(
    connected,
    deadlineMs,
    () =>
      fail('timeout', `${host}:${port} did not answer within ${deadlineText(deadlineMs)}.`, {
        where: `${host}:${port}`,
        try: [
          'Check the address and the port.',
          'A firewall that drops packets looks like this: check it, or reach the host through a jump host.'
        ]
      }),
    { signal, giveUp: () => socket.destroy() }
  )
}
