import { Segmented } from '../../parts/segmented'

/** While two states are compared: what stands beside the picture, their differences or all that is known of what is chosen. */
export function PanelSwitch({ panel, onPanel }: PanelSwitchProps) {
  return (
    <Segmented
      label="Beside the picture"
      value={panel}
      onChange={onPanel}
      segments={[
        { id: 'differences', label: 'Differences' },
        { id: 'inspector', label: 'Inspector' }
      ]}
    />
  )
}

/** What a `PanelSwitch` is told. */
export type PanelSwitchProps = {
  panel: 'differences' | 'inspector'
  onPanel: (panel: 'differences' | 'inspector') => void
}
