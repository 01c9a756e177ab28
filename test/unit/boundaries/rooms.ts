/** What a room may import besides itself. Rooms are named as in docs/architecture.md; a path stands for one file of a room. */
export interface Room {
  rooms: string[]
  packages: string[]
  node: boolean | 'types'
}

const drivers = ['ssh', 'mysql', 'dns']
const features = ['sites', 'topology', 'discovery', 'preflight', 'drift', 'redirect', 'canary']
const below = ['shared', 'reach', ...drivers]
const feature: Room = { rooms: below, packages: ['p-limit'], node: true }
const engineRooms = [...below, ...features, 'store', 'runbook', 'runbooks', 'report', 'import']
const look = ['react', 'react-dom', 'radix-ui', 'lucide-react', 'uplot', 'diff']

export const rooms: Record<string, Room> = {
  shared: { rooms: [], packages: ['zod'], node: false },
  preload: { rooms: ['shared'], packages: ['electron'], node: false },

  // known_hosts is written whole, as our own files are.
  ssh: {
    rooms: ['shared', 'src/main/store/write-whole'],
    packages: ['ssh2', '@noble/hashes', 'ssh-config'],
    node: true
  },
  mysql: { rooms: ['shared'], packages: ['mysql2', '@noble/ed25519'], node: true },
  dns: { rooms: ['shared'], packages: ['dns-packet'], node: true },
  store: { rooms: ['shared'], packages: ['keytar', 'zod'], node: true },
  import: { rooms: ['shared'], packages: ['saxes'], node: true },
  reach: { rooms: ['shared', ...drivers], packages: ['p-limit'], node: true },

  sites: feature,
  topology: feature,
  // How a link stands is judged as in the picture.
  discovery: { ...feature, rooms: [...below, 'topology'] },
  preflight: feature,
  drift: feature,
  redirect: feature,
  // Canary orders follow the address that the redirect gives the applications.
  canary: { ...feature, rooms: [...below, 'redirect'] },

  runbook: { rooms: ['shared'], packages: [], node: 'types' },
  runbooks: { rooms: ['runbook', ...features, ...below], packages: ['p-limit'], node: true },
  report: { rooms: ['shared', 'src/main/runbook/fold'], packages: ['diff', 'csv-stringify'], node: 'types' },

  engine: { rooms: engineRooms, packages: ['p-limit'], node: true },
  cli: { rooms: ['engine', ...engineRooms], packages: ['commander'], node: true },
  ipc: { rooms: ['engine', 'shared'], packages: ['electron', 'zod'], node: true },
  desktop: { rooms: ['shared', 'store'], packages: ['electron'], node: true },
  'main/index': { rooms: ['engine', 'ipc', 'desktop', ...engineRooms], packages: ['electron'], node: true },

  'renderer/api': { rooms: ['shared', 'preload'], packages: [], node: false },
  'renderer/theme': { rooms: [], packages: [], node: false },
  'renderer/parts': { rooms: ['renderer/theme'], packages: look, node: false },
  'renderer/state': { rooms: ['shared', 'renderer/api'], packages: ['zustand', 'react'], node: false },
  'renderer/stations': {
    rooms: ['shared', 'renderer/state', 'renderer/parts', 'renderer/theme'],
    packages: [...look, '@xyflow/react'],
    node: false
  },
  'renderer/gallery': {
    rooms: ['shared', 'renderer/state', 'renderer/parts', 'renderer/stations', 'renderer/theme', 'test/scenarios'],
    packages: look,
    node: false
  },
  'renderer/app': {
    rooms: [
      ...['shared', 'renderer/api', 'renderer/state', 'renderer/parts', 'renderer/stations', 'renderer/gallery'],
      'renderer/theme'
    ],
    packages: [...look, 'zod'],
    node: false
  }
}

/** The files besides a room's own table row that may import electron: the keychain's worker process is forked by it. */
export const keychainFiles = /^src\/main\/store\/(secrets|keyring)[\w-]*$/

/** The room of a file or of an import's target (paths with or without extension), or null where there is none. */
export const roomOf = (path: string): string | null => {
  const bare = path.replace(/\.(tsx?|css|svg|png|json|html)$/, '')
  const [top, area, name] = bare.split('/')
  if (top === 'test' && area === 'scenarios') return 'test/scenarios'
  if (top !== 'src' || area === undefined) return null
  if (area === 'shared' || area === 'preload') return area
  if (name === undefined) return null
  const inFolder = bare.split('/').length > 3
  if (area === 'main') {
    if (name === 'index') return 'main/index'
    if (/^cli(-|$)/.test(name)) return 'cli'
    if (/^engine(-|$)/.test(name)) return 'engine'
    return inFolder && name in rooms ? name : null
  }
  if (area !== 'renderer') return null
  if (inFolder) return `renderer/${name}` in rooms ? `renderer/${name}` : null
  return name === 'api' ? 'renderer/api' : 'renderer/app'
}
