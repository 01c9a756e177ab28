import { memo } from 'react'
import type { Line } from './lines'

/** The classes of a line by what it means. */
export const lineClasses: Record<Line['look'], string> = {
  'from-old': 'lk o',
  'from-new': 'lk n',
  inside: 'lk',
  late: 'lk late',
  waits: 'lk waits',
  idle: 'lk idle',
  stop: 'lk stop',
  broken: 'lk broken',
  app: 'lk app',
  plan: 'lk plan',
  pair: 'lk pair',
  bridge: 'lk bridge',
  'bridge-down': 'lk bridge down'
}

const heads: Record<Line['look'], string> = {
  'from-old': 'o',
  'from-new': 'n',
  inside: 'in',
  late: 'late',
  waits: 'late',
  idle: 'idle',
  stop: 'stop',
  broken: 'stop',
  app: 'app',
  plan: 'app',
  pair: 'app',
  bridge: 'app',
  'bridge-down': 'app'
}

/** The triangle at the end of an orthogonal line. */
export const arrowAt = (path: string): string => {
  let [x, y] = [0, 0]
  let [dx, dy] = [0, 0]
  for (const [, command, first, second] of path.matchAll(/([MHVhv])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    const value = Number(first)
    const next =
      command === 'M'
        ? [value, Number(second)]
        : command === 'H'
          ? [value, y]
          : command === 'V'
            ? [x, value]
            : command === 'h'
              ? [x + value, y]
              : [x, y + value]
    const [nx = 0, ny = 0] = next
    if (nx !== x || ny !== y) [dx, dy] = [Math.sign(nx - x), Math.sign(ny - y)]
    x = nx
    y = ny
  }
  const [px, py] = [-dy * 4, dx * 4]
  return `M${x} ${y}L${x - dx * 8 + px} ${y - dy * 8 + py}L${x - dx * 8 - px} ${y - dy * 8 - py}Z`
}

/** Lines stand where they stood: their triangles are not computed at every look. */
const triangles = new Map<string, string>()
const mostTriangles = 5000

const triangleAt = (path: string): string => {
  const known = triangles.get(path)
  if (known !== undefined) return known
  if (triangles.size > mostTriangles) triangles.clear()
  const made = arrowAt(path)
  triangles.set(path, made)
  return made
}

interface Bundle {
  className: string
  head: string
  lines: string
  arrows: string
}

/** Lines that look alike as one path: a fleet has hundreds, and each path costs at every frame. */
const bundlesOf = (lines: readonly Line[], classOf: (line: Line) => string): Bundle[] => {
  const bundles = new Map<string, Bundle>()
  for (const line of lines) {
    const className = classOf(line)
    const known = bundles.get(className)
    const bundle = known ?? { className, head: heads[line.look], lines: '', arrows: '' }
    bundle.lines += line.path
    if (line.arrow) bundle.arrows += triangleAt(line.path)
    if (!known) bundles.set(className, bundle)
  }
  return [...bundles.values()]
}

/** All lines of the picture under its boxes. */
export function LinePaths({ lines, selected, faded, width, height }: LinePathsProps) {
  const bundles = bundlesOf(
    lines,
    (line) => `${lineClasses[line.look]}${line.id === selected ? ' on' : ''}${faded(line) ? ' faded' : ''}`
  )
  return (
    <svg className="line-layer" width={width} height={height} aria-hidden="true">
      {bundles.map((bundle) => (
        <BundleView key={bundle.className} {...bundle} />
      ))}
    </svg>
  )
}

const BundleView = memo(function BundleView({ className, head, lines, arrows }: Bundle) {
  return (
    <>
      <path className={className} d={lines} />
      {arrows !== '' && <path className={`head-${head}${className.includes('faded') ? ' faded' : ''}`} d={arrows} />}
    </>
  )
})

/** What `LinePaths` draws. */
export type LinePathsProps = {
  lines: readonly Line[]
  selected: string | null
  faded: (line: Line) => boolean
  width: number
  height: number
}
