import { Button } from '../../parts/button'
import { Field } from '../../parts/field'
import { IconButton } from '../../parts/icon-button'
import { Segmented } from '../../parts/segmented'
import { TextArea } from '../../parts/text-area'
import { TextInput } from '../../parts/text-input'
import { TextField } from './form-field'
import type { Problems } from './plain-problems'
import type { ServerDraft } from './server-draft'

const hints: Record<ServerDraft['redirect']['kind'], string> = {
  none: 'This host keeps its database address at the cutover.',
  manual: 'The cutover waits and shows this text until you say it is done.',
  file: 'Edited over SSH with a backup, reloaded, proved by the connections seen, and undone the same way.'
}

/** How this host learns, at the cutover, where the database is from then on. */
export function RedirectFields({ draft, problems, onChange }: RedirectFieldsProps) {
  const { redirect } = draft
  const put = (change: Partial<ServerDraft['redirect']>) => onChange({ ...draft, redirect: { ...redirect, ...change } })
  const putEdit = (index: number, change: Partial<{ find: string; replace: string }>) =>
    put({ edits: redirect.edits.map((edit, at) => (at === index ? { ...edit, ...change } : edit)) })
  return (
    <div className="flds">
      <Field label="Redirect" hint={hints[redirect.kind]}>
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
              <Field key={key} label={index === 0 ? 'Replace' : ''} error={error}>
                <div className="edit-row">
                  <TextInput
                    value={edit.find}
                    onChange={(find) => putEdit(index, { find })}
                    label={`Text ${index + 1} to find`}
                    placeholder="host=10.40.0.12"
                    mono
                  />
                  <TextInput
                    value={edit.replace}
                    onChange={(replace) => putEdit(index, { replace })}
                    label={`Text ${index + 1} to put there`}
                    placeholder="host=127.0.0.1"
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
          <Field label="" hint="Each text must stand exactly once in the file.">
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
export type RedirectFieldsProps = { draft: ServerDraft; problems: Problems; onChange: (draft: ServerDraft) => void }
