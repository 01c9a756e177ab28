import { randomInt } from 'node:crypto'
import { fail } from '../../shared/failure'
import { type NameServer, overTcp } from './exchange'
import { checkSignature, signMessage, type TsigKey } from './tsig'
import { type RecordChange, updateMessage } from './update-message'

const codes: Record<number, [string, string]> = {
  1: ['FORMERR', 'It did not understand the update.'],
  2: ['SERVFAIL', 'It could not write the zone.'],
  5: ['REFUSED', 'It does not accept updates of this zone from this computer with this key.'],
  6: ['YXDOMAIN', 'A name exists that should not.'],
  7: ['YXRRSET', 'A record exists that should not.'],
  8: ['NXRRSET', 'The record does not hold the values it should hold before the change: somebody has changed it.'],
  9: ['NOTAUTH', 'It is not authoritative for the zone, or does not know the key.'],
  10: ['NOTZONE', 'The name is not inside the zone.']
}

/** Sends one dynamic update, signed when a key is given; resolves when the server has accepted it. */
export const sendUpdate = async (
  server: NameServer,
  change: RecordChange,
  key: TsigKey | null,
  deadlineMs = 5000
): Promise<void> => {
  const plain = updateMessage(randomInt(1, 65535), change)
  const signed = key ? signMessage(plain, key, Math.floor(Date.now() / 1000)) : null
  const answer = await overTcp(server, signed?.message ?? plain, deadlineMs)
  const code = answer.readUInt16BE(2) & 0xf
  if (code !== 0) {
    const [word, why] = codes[code] ?? [`code ${code}`, undefined]
    throw fail(
      code === 5 || code === 9 ? 'denied' : code === 8 ? 'conflict' : 'server',
      'The name server refused the change.',
      {
        where: `${server.host}:${server.port}, zone ${change.zone}`,
        ...(why ? { why } : {}),
        code: word,
        try:
          code === 8
            ? ['Look at the record as it is now and correct the old values in the move.']
            : ['Check zone, key name, algorithm and secret.', 'Change the record by hand and let Siteswap watch it.']
      }
    )
  }
  if (key && signed) checkSignature(answer, key, signed.mac)
}
