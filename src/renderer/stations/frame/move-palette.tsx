import { type NextStep, stationIds } from '../../../shared/journey'
import { serversOf } from '../../../shared/move'
import { CommandPalette, type PaletteItem } from '../../parts/command-palette'
import { modKey } from '../../parts/hooks/mod-key'
import { travel } from '../../state/documents'
import { closeMove, useMove } from '../../state/open-move'
import { openStation, setTheme, togglePalette, useShell } from '../../state/shell'
import { stationNames } from './stations'

const commands: { label: string; station: (typeof stationIds)[number]; command: string; words?: string }[] = [
  { label: 'Add a server to the old site', station: 'sites', command: 'add-old' },
  { label: 'Add a server to the new site', station: 'sites', command: 'add-new' },
  { label: 'Discover servers', station: 'sites', command: 'discover', words: 'find sources replicas' },
  { label: 'Check all connections', station: 'sites', command: 'check-all', words: 'doctor' },
  { label: 'Take a snapshot of the topology', station: 'topology', command: 'snapshot' },
  { label: 'Run preflight', station: 'preflight', command: 'run' },
  { label: 'Build the bridge', station: 'replicate', command: 'link', words: 'tunnel' },
  { label: 'Seed the new server', station: 'replicate', command: 'seed' },
  { label: 'Make them co-masters', station: 'replicate', command: 'replicate' },
  { label: 'Compare the data', station: 'drift', command: 'start', words: 'drift check' },
  { label: 'Rehearse the cutover', station: 'cutover', command: 'rehearsal' },
  { label: 'Export the report', station: 'report', command: 'export' }
]

/** Every command of an opened move by its words. */
export function MovePalette({ next }: { next: NextStep }) {
  const open = useShell((shell) => shell.paletteOpen)
  const { move, document } = useMove()
  const items: PaletteItem[] = [
    {
      id: 'next',
      label: `Next: ${next.label}`,
      keys: ['Ctrl', '↵'],
      onRun: () => openStation(next.station, next.command)
    },
    ...stationIds.map((id, index) => ({
      id: `go-${id}`,
      label: `Open ${stationNames[id]}`,
      keys: [String(index + 1)],
      onRun: () => openStation(id)
    })),
    ...commands.map((item) => ({
      id: item.command + item.station,
      label: item.label,
      words: item.words,
      onRun: () => openStation(item.station, item.command)
    })),
    ...serversOf(move).map(({ server }) => ({
      id: `server-${server.id}`,
      label: `Show ${server.name}`,
      words: 'server',
      onRun: () => openStation('sites', `inspect:${server.id}`)
    })),
    ...(document.undo
      ? [{ id: 'undo', label: `Undo: ${document.undo}`, keys: [modKey(), 'Z'], onRun: () => void travel('undo') }]
      : []),
    ...(document.redo
      ? [
          {
            id: 'redo',
            label: `Redo: ${document.redo}`,
            keys: [modKey(), 'Shift', 'Z'],
            onRun: () => void travel('redo')
          }
        ]
      : []),
    { id: 'theme-dark', label: 'Dark theme', onRun: () => setTheme('dark') },
    { id: 'theme-light', label: 'Light theme', onRun: () => setTheme('light') },
    { id: 'theme-system', label: 'Theme of the system', onRun: () => setTheme('system') },
    { id: 'close', label: 'All moves', words: 'close home', onRun: () => void closeMove() }
  ]
  return <CommandPalette open={open} onClose={() => togglePalette(false)} items={items} />
}
