import type { SiteSide } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Field } from '../../parts/field'
import { IconButton } from '../../parts/icon-button'
import { Segmented } from '../../parts/segmented'
import { TextArea } from '../../parts/text-area'
import { TextInput } from '../../parts/text-input'
import { useMove } from '../../state/open-move'
import { TextField } from './form-field'
import type { Problems } from './plain-problems'
import type { ServerDraft } from './server-draft'

const hints = (side: SiteSide): Record<ServerDraft['redirect']['kind'], string> => ({
  none:
    side === 'old'
      ? 'This host keeps its database address at the cutover.'
      : 'This host stays with the new database, also on the way back: it answers errors until DNS has gone back.',
  manual: 'The cutover waits and shows this text until you say it is done.',
  file:
    side === 'old'
      ? 'Edited over SSH with a backup, reloaded, proved by the connections seen, and undone the same way.'
      : 'Says “new” from the first day. The cutover leaves it alone; a reverse puts “old” there and reloads.'
})

/** The examples show which text is whose: a host of the new site finds the old database at the bridge's end. */
const examples = {
  old: ['host=10.40.0.12', 'host=127.0.0.1'],
  new: ['host=10.80.0.1:13306', 'host=10.80.0.12']
} as const

/** What the two texts mean on this side; see docs/decisions/0012-both-sites-follow.md. */
const textsHint = (side: SiteSide, old: string, target: string): string =>
  side === 'old'
    ? `“old” stands in the file today, exactly once. “new” takes its place at the cutover: the database of ${target} through the bridge.`
    : `“new” stands in the file today, exactly once: the database of ${target}, directly. “old” takes its place at a reverse: the database of ${old} at the bridge’s end here.`

/** How this host learns, at the cutover, where the database is from then on. */
export function RedirectFields({ side, draft, problems, onChange }: RedirectFieldsProps) {
  const { move } = useMove()
  const { redirect } = draft
  const [oldText, newText] = examples[side]
  const put = (change: Partial<ServerDraft['redirect']>) => onChange({ ...draft, redirect: { ...redirect, ...change } })
  const putEdit = (index: number, change: Partial<{ find: string; replace: string }>) =>
    put({ edits: redirect.edits.map((edit, at) => (at === index ? { ...edit, ...change } : edit)) })
  return (
    <div className="flds">
      <Field label="Redirect" hint={hints(side)[redirect.kind]}>
        <Segmented
          label="Redirect"
          value={redirect.kind}
          onChange={(kind) => put({ kind })}
          segments={[
            { id: 'none', label: 'None' },
            { id: 'manual', label: 'By hand' },
            { id: 'file', label: 'Config file' }
          ]}
        />
      </Field>
      {redirect.kind === 'manual' && (
        <Field label="What to do" error={problems['redirect.note']}>
          <TextArea value={redirect.note} onChange={(note) => put({ note })} rows={3} />
        </Field>
      )}
      {redirect.kind === 'file' && (
        <>
          <TextField
            label="File"
            path="redirect.path"
            problems={problems}
            value={redirect.path}
            onChange={(path) => put({ path })}
            placeholder="/srv/shop/config/database.ini"
            mono
          />
          {redirect.edits.map((edit, index) => {
            const key = `edit-${index}`
            const error = problems[`redirect.edits.${index}.find`] ?? problems[`redirect.edits.${index}.replace`]
            return (
              <Field key={key} label={index === 0 ? 'Texts' : ''} error={error}>
                <div className="edit-row">
                  <span className="edit-side">old</span>
                  <TextInput
                    value={edit.find}
                    onChange={(find) => putEdit(index, { find })}
                    label={`Text ${index + 1} while ${move.old.name} takes writes`}
                    placeholder={oldText}
                    mono
                  />
                  <span className="edit-side">new</span>
                  <TextInput
                    value={edit.replace}
                    onChange={(replace) => putEdit(index, { replace })}
                    label={`Text ${index + 1} once ${move.new.name} takes writes`}
                    placeholder={newText}
                    mono
                  />
                </div>
                {redirect.edits.length > 1 && (
                  <IconButton
                    icon="trash"
                    label={`Remove replacement ${index + 1}`}
                    small
                    onPress={() => put({ edits: redirect.edits.filter((_, at) => at !== index) })}
                  />
                )}
              </Field>
            )
          })}
          <Field label="" hint={textsHint(side, move.old.name, move.new.name)}>
            <Button
              size="sm"
              variant="ghost"
              icon="plus"
              onPress={() => put({ edits: [...redirect.edits, { find: '', replace: '' }] })}
            >
              Another
            </Button>
          </Field>
          <TextField
            label="Reload with"
            path="redirect.reload"
            problems={problems}
            value={redirect.reload}
            onChange={(reload) => put({ reload })}
            placeholder="systemctl reload php8.3-fpm"
            mono
          />
        </>
      )}
    </div>
  )
}

/** What `RedirectFields` are told. */
export type RedirectFieldsProps = {
  side: SiteSide
  draft: ServerDraft
  problems: Problems
  onChange: (draft: ServerDraft) => void
}
