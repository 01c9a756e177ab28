import type { TableDrift } from '../../../shared/drift'
import { Icon } from '../../parts/icon'
import { Menu } from '../../parts/menu'
import { exportRows } from '../../state/drift'

/** The differing rows of a table as files, masked as they are shown. */
export function RowsMenu({ table: { schema, table }, mask }: { table: TableDrift; mask: boolean }) {
  const item = (id: 'csv' | 'json', label: string) => ({
    kind: 'item' as const,
    id,
    label,
    onPress: () => void exportRows({ schema, table }, id, mask)
  })
  return (
    <Menu
      label="Export rows"
      trigger={
        <button type="button" className="btn">
          <Icon name="export" /> Export
        </button>
      }
      items={[
        { kind: 'head', id: 'rows', label: mask ? 'The rows, personal data masked' : 'The rows, with personal data' },
        item('csv', 'Save as CSV…'),
        item('json', 'Save as JSON…')
      ]}
    />
  )
}
