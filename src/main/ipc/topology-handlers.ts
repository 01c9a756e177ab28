import type { OpenMoves } from '../engine/open-moves'
import { diffText, pictureSvg, pictureText } from '../engine/topology-texts'
import type { Handlers } from './expose'
import type { DesktopServices } from './handlers'

type Names = Extract<keyof Handlers, `topology.${string}`>

interface TopologyHandlerDeps {
  open: OpenMoves
  desktop: DesktopServices
  fileName(name: string, ending: string): string
}

const endings = { html: 'html', markdown: 'md', json: 'json' } as const

/** Calls about the picture, its snapshots and its differences. */
export const topologyHandlers = ({ open, desktop, fileName }: TopologyHandlerDeps): Pick<Handlers, Names> => {
  const put = async (name: string, ending: string, content: string | Uint8Array): Promise<{ path: string } | null> => {
    const path = await desktop.chooseSavePath(fileName(name, ending))
    if (!path) return null
    await desktop.writeFile(path, content)
    return { path }
  }
  return {
    'topology.refresh': ({ moveId }) => open.get(moveId).watch().refresh(),
    'topology.snapshot': ({ moveId, name }) => open.get(moveId).diff.take(name, 'hand'),
    'topology.removeSnapshot': async ({ moveId, snapshot }) => {
      await open.get(moveId).diff.remove(snapshot)
      return null
    },
    'topology.diff': ({ moveId, lens }) => open.get(moveId).diff.compare(lens),
    'topology.accept': ({ moveId, lens, difference, reason }) => open.get(moveId).diff.accept(lens, difference, reason),
    'topology.unaccept': ({ moveId, lens, difference }) => open.get(moveId).diff.takeBack(lens, difference),
    'topology.exportDiff': async ({ moveId, lens, format }) => {
      const live = open.get(moveId)
      const diff = await live.diff.compare(lens)
      return put(`${live.move().name}-${lens.kind}`, endings[format], diffText(live.move(), diff, format))
    },
    'topology.drawing': async ({ moveId }) => {
      const live = open.get(moveId)
      const topology = live.watch().latest() ?? (await live.watch().refresh())
      return { svg: pictureSvg(live.move(), topology), text: pictureText(live.move(), topology) }
    },
    'topology.exportPicture': async (args) => {
      const live = open.get(args.moveId)
      const name = `${live.move().name}-topology`
      if (args.format === 'png') return put(name, 'png', Buffer.from(args.base64, 'base64'))
      const topology = live.watch().latest() ?? (await live.watch().refresh())
      return put(name, 'svg', pictureSvg(live.move(), topology))
    }
  }
}
