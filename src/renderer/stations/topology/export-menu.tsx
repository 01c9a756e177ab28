import type { DiffLens } from '../../../shared/topology-diff'
import { Icon } from '../../parts/icon'
import { Menu } from '../../parts/menu'
import { notify } from '../../state/shell'
import { copyText, drawing, exportDiff, exportPng, exportSvg } from '../../state/topology-diff'
import { pngOf } from './png-of'

const png = async (): Promise<void> => {
  const drawn = await drawing()
  if (!drawn) return
  const base64 = await pngOf(drawn.svg).catch(() => null)
  if (base64) await exportPng(base64)
  else notify({ tone: 'danger', text: 'The picture could not be drawn as PNG.', detail: 'Save it as SVG instead.' })
}

const copy = async (): Promise<void> => {
  const drawn = await drawing()
  if (!drawn) return
  await copyText(drawn.text)
  notify({ tone: 'ok', text: 'The picture is on the clipboard as text.', detail: null })
}

/** The picture, and the differences that are shown, as files and as text. */
export function ExportMenu({ lens }: { lens: DiffLens | null }) {
  return (
    <Menu
      label="Export"
      trigger={
        <button type="button" className="btn">
          <Icon name="export" /> Export
        </button>
      }
      items={[
        { kind: 'head', id: 'picture', label: 'The picture' },
        { kind: 'item', id: 'svg', label: 'Save as SVG…', onPress: () => void exportSvg() },
        { kind: 'item', id: 'png', label: 'Save as PNG…', onPress: () => void png() },
        { kind: 'item', id: 'text', label: 'Copy as text', icon: 'copy', onPress: () => void copy() },
        ...(lens
          ? [
              { kind: 'head' as const, id: 'differences', label: 'The differences' },
              {
                kind: 'item' as const,
                id: 'html',
                label: 'Save as HTML…',
                onPress: () => void exportDiff(lens, 'html')
              },
              {
                kind: 'item' as const,
                id: 'markdown',
                label: 'Save as Markdown…',
                onPress: () => void exportDiff(lens, 'markdown')
              },
              {
                kind: 'item' as const,
                id: 'json',
                label: 'Save as JSON…',
                onPress: () => void exportDiff(lens, 'json')
              }
            ]
          : [])
      ]}
    />
  )
}
