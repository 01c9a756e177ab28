import { FailureError, failureOf } from '../../../shared/failure'
import { changeRefused } from '../../../shared/look-only'
import type { BridgeState } from '../../../shared/topology'
import { bytesCommand, bytesScript, parseBridgeBytes } from './bridge-bytes'
import { lastWords, parseStatus } from './bridge-process'
import { gatherLinkFacts } from './gather-link-facts'
import type { LinkFacts } from './link-facts'
import type { Prepare } from './pair'
import { startLines, statusScript, stopLines } from './run-scripts'
import { bridgeEyes } from './see-through'
import { shellRun, shellScript, shellWord } from './shell'

const notHere = (detail: string): BridgeState => ({
  kind: 'absent',
  since: null,
  roundTripMs: null,
  supervisor: null,
  detail,
  at: Date.now()
})

/** Paths and supervisor do not change under a bridge: read once per reach, again when the move says something else or a look failed. */
const gathered = new WeakMap<object, { key: string; facts: LinkFacts }>()

const factsOnce = async (prepare: Prepare): Promise<LinkFacts> => {
  const key = JSON.stringify([
    prepare.move.bridge,
    prepare.move.pairs,
    prepare.move.old.servers,
    prepare.move.new.servers
  ])
  const known = gathered.get(prepare.reach)
  if (known?.key === key) return known.facts
  const facts = await gatherLinkFacts(prepare)
  gathered.set(prepare.reach, { key, facts })
  return facts
}

/** The bridge as it is now: its process, since when, and the time through it. Never rejects: what is not known is `unknown`. */
export const readBridge = async ({ reach, move }: Prepare): Promise<BridgeState> => {
  if (!move.bridge) return notHere('The move does not say where the bridge goes.')
  try {
    const facts = await factsOnce({ reach, move })
    const host = await reach.ssh(facts.new.id)
    const { sshPort } = facts.bridge
    const answer = await host.exec(shellRun(`${bytesScript(sshPort)}\n${statusScript(facts)}`), { deadlineMs: 5_000 })
    const askedAt = Date.now()
    const process = parseStatus(answer.stdout)
    if (process.supervisor === 'none' && process.pid === null) return notHere('The bridge is not built yet.')
    const supervisor = process.supervisor === 'systemd' ? 'systemd' : 'process'
    const since = process.ageSeconds === null ? null : Date.now() - process.ageSeconds * 1000
    const last = lastWords(process)
    if (process.pid === null)
      return {
        kind: 'down',
        since: null,
        roundTripMs: null,
        supervisor,
        detail: last ?? 'Its ssh does not run.',
        at: Date.now()
      }
    const bytes = parseBridgeBytes(answer.stdout, process.pid)
    const carried = bytes && { ...bytes, at: askedAt, asked: bytesCommand(sshPort) }
    const eyes = bridgeEyes(reach, facts)
    const [old, fresh] = await Promise.all([eyes.oldFromNewHost(6), eyes.newFromOldHost(0)])
    const up = old.ok && fresh.ok
    const detail = up
      ? `${old.text}; ${fresh.text}`
      : [old, fresh].flatMap((end) => (end.ok ? [] : [end.text])).join(' ')
    return {
      kind: up ? 'up' : 'down',
      since,
      roundTripMs: old.roundTripMs,
      supervisor,
      detail,
      at: Date.now(),
      carried
    }
  } catch (error) {
    gathered.delete(reach)
    const { what, why } = failureOf(error)
    return {
      kind: 'unknown',
      since: null,
      roundTripMs: null,
      supervisor: null,
      detail: [what, why].filter(Boolean).join(' '),
      at: Date.now()
    }
  }
}

/**
 * Ends the bridge and starts it again. On the old host a listener that an earlier, silently cut connection left behind
 * is ended too: it would keep the port until TCP gives up.
 */
export const restartBridge = async (prepare: Prepare): Promise<BridgeState> => {
  const facts = await gatherLinkFacts(prepare)
  for (const { id } of [facts.old, facts.new]) {
    const refusal = changeRefused(prepare.reach.move, id)
    if (refusal) throw new FailureError(refusal)
  }
  const newHost = await prepare.reach.ssh(facts.new.id)
  const run = (input: string) => newHost.exec('sh -s', { input, deadlineMs: 20_000 })
  await run(shellScript(stopLines(facts)))
  const oldHost = await prepare.reach.ssh(facts.old.id)
  await oldHost.exec(shellRun(freeAddress(facts.bridge.newAt)), { deadlineMs: 10_000 })
  await run(shellScript(startLines(facts)))
  const until = Date.now() + 20_000
  for (;;) {
    const state = await readBridge(prepare)
    if (state.kind === 'up' || Date.now() > until) return state
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}

/** Only an sshd is ended, and only one that listens where the bridge does: another forward may have the same port of another address. */
const freeAddress = ({ host, port }: LinkFacts['bridge']['newAt']): string => {
  const names = host === 'localhost' ? ['127.0.0.1', '[::1]'] : [host.includes(':') ? `[${host}]` : host]
  const places = [...names, '0.0.0.0', '[::]', '*'].map((name) => ` ${name}:${port} `)
  return `command -v ss >/dev/null || exit 0
for pid in $(ss -Hltnp "sport = :${port}" 2>/dev/null | grep -F ${places.map((place) => `-e ${shellWord(place)}`).join(' ')} | grep '"sshd' | sed 's/pid=/\\n/g' | sed -n 's/^\\([0-9][0-9]*\\).*/\\1/p' | sort -u); do kill "$pid"; done
exit 0`
}
