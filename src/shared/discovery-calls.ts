import { z } from 'zod'
import type { Discovery } from './discovery'
import type { SecretRef } from './secret'

const moveId = z.string().max(64)
const id = z.string().max(64)

/** The calls of the contract that concern the search for servers. */
export const discoveryCalls = {
  /** Asks the seeds, servers of the move; nothing else is connected to. */
  'discovery.start': z.strictObject({ moveId, seeds: z.array(id).min(1).max(500) }),
  /** Asks at addresses of the last answer that a person has ticked; `like`: the server of the move whose way and account are used. */
  'discovery.ask': z.strictObject({
    moveId,
    asks: z
      .array(z.strictObject({ address: z.string().max(400), like: id }))
      .min(1)
      .max(500)
  }),
  'discovery.stop': z.strictObject({ moveId }),
  /** Adds found servers to the move in one edit; `secrets`: with the passwords of the servers they were asked like. */
  'discovery.add': z.strictObject({
    moveId,
    add: z
      .array(
        z.strictObject({
          server: z.string().max(400),
          side: z.enum(['old', 'new']),
          name: z.string().trim().min(1).max(120)
        })
      )
      .min(1)
      .max(200),
    secrets: z.boolean()
  })
} as const

/** Their answers. */
export interface DiscoveryAnswers {
  'discovery.start': Discovery
  'discovery.ask': null
  'discovery.stop': null
  /** Ids of the new servers, and passwords that have to be typed. */
  'discovery.add': { servers: string[]; missed: SecretRef[] }
}
