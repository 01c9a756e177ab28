import type { JournalEntry } from '../../../shared/journal'
import type { SiteSide } from '../../../shared/move'
import { type SettingsBefore, settingsBefore } from '../../../shared/snapshots'

/**
 * The variables of one server before “Make them co-masters” changed them: what its first such step read, unless that was
 * put back since. Pure.
 */
export const settingsInJournal = (entries: readonly JournalEntry[], side: SiteSide): SettingsBefore | null => {
  const step = `settings-${side}`
  let found: SettingsBefore | null = null
  for (const { body } of entries) {
    if (body.type === 'intent' && body.step === step) found ??= settingsBefore(body.snapshot)
    if (body.type === 'undone' && body.step === step) found = null
  }
  return found
}
