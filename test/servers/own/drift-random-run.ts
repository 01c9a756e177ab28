/**
 * npm run drift:random -- [--scenarios 2000] [--seed N] [--pairs m1011:m1011,my97:my97]
 * Random schemas, rows and drift on every pair of flavours; the truth is a full dump of both sides. Ends with 1 at the
 * first scenario that was judged wrongly or not at all.
 */

import { isDeepStrictEqual } from 'node:util'
import type { FlavourName } from '../../lab/software'
import { startDriftPair } from './drift-pair'
import { randomRound } from './drift-round'

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}
const scenarios = Number(option('scenarios', '2000'))
const firstSeed = Number(option('seed', String(Date.now() % 1_000_000)))
const pairs = option('pairs', 'm1011:m1011,my97:my97,m105:m1011,m1011:m118,my56:my56').split(',')
const perRound = 50

const main = async (): Promise<number> => {
  let [judged, differing, rows, wrong] = [0, 0, 0, 0]
  for (const [index, names] of pairs.entries()) {
    const [old, fresh] = names.split(':') as [FlavourName, FlavourName]
    const pair = await startDriftPair([old, fresh])
    const share = Math.ceil(scenarios / pairs.length)
    let mine = 0
    try {
      for (let round = 0; mine < share; round += 1) {
        const seed = firstSeed + index * 100_000 + round
        for (const { create, truth, told } of await randomRound(pair, seed, Math.min(perRound, share - mine), 'box')) {
          mine += 1
          const count = truth.changed + truth.missing + truth.extra
          rows += count
          if (count > 0) differing += 1
          if (isDeepStrictEqual(told, truth)) continue
          wrong += 1
          console.log(
            `wrong on ${names}, seed ${seed}: ${create}\n  truth ${JSON.stringify(truth)}\n  told  ${JSON.stringify(told)}`
          )
        }
      }
    } finally {
      await pair.stop()
    }
    judged += mine
    console.log(`${names.padEnd(14)} ${mine} scenarios`)
  }
  console.log(
    `${judged} scenarios from seed ${firstSeed}: ${differing} with drift, ${rows} differing rows; ${wrong} judged wrongly`
  )
  return wrong > 0 ? 1 : 0
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
)
