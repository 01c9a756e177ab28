import type { Duplex } from 'node:stream'

/**
 * Says which name or address the certificate of whoever answers at the end of a stream must bear. With an address the
 * driver names none to TLS, and Node then takes the host its own socket was dialled to, `_host`, or `localhost`: a
 * channel inside SSH was dialled to none, and a socket to another name than the one that counts.
 */
export const expectName = (stream: Duplex, name: string): void => {
  Object.defineProperty(stream, '_host', { value: name, configurable: true, writable: true })
}
