import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { possibleMode } from '../../lab/network'
import { endProcesses, startDaemon, untilReady } from '../../lab/processes'
import { runCommand } from '../../lab/run-command'
import { labSource } from '../../lab/source'
import { wanControl } from '../../lab/wan-control'

/** A line from this computer to a network of its own, on which packets can be made to vanish. */
export interface WideAreaLink {
  /** The far end's address. */
  address: string
  /** What stands before a program to start it at the far end. */
  prefix: string[]
  /** Packets vanish silently, in both directions. */
  cut(): Promise<void>
  heal(): Promise<void>
  end(): Promise<void>
}

/** Namespaces need root and /dev/net/tun. */
export const linkPossible = (): boolean => possibleMode() === 'netns'

/** Made of two network namespaces, this computer's own being the near one, and the lab's relay between them. */
export const startWideAreaLink = async (): Promise<WideAreaLink> => {
  const dir = mkdtempSync(join(tmpdir(), 'siteswap-line-'))
  const [near, far] = [`line-near-${process.pid}`, `line-far-${process.pid}`]
  const net = `10.79.${process.pid % 250}`
  const control = join(dir, 'control')
  await runCommand(['ip', 'netns', 'attach', near, String(process.pid)])
  await runCommand(['ip', 'netns', 'add', far])
  await runCommand(['ip', '-n', far, 'link', 'set', 'lo', 'up'])
  const relay = await startDaemon({
    name: 'line',
    argv: ['python3', labSource('wanlink.py'), control, near, `${net}.1`, far, `${net}.2`, '5', `ln${process.pid}`],
    logDir: dir,
    labId: `own-${process.pid}`
  })
  const end = async () => {
    await endProcesses([relay.pid], 5_000)
    for (const name of [near, far]) await runCommand(['ip', 'netns', 'del', name])
    rmSync(dir, { recursive: true, force: true })
  }
  await untilReady(relay, dir, () => existsSync(control), 10_000)
  return {
    address: `${net}.2`,
    prefix: ['ip', 'netns', 'exec', far],
    cut: async () => {
      await wanControl(control, 'down')
    },
    heal: async () => {
      await wanControl(control, 'up')
    },
    end
  }
}
