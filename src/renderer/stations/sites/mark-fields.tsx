import type { Mark } from '../../../shared/mark'
import { Checkbox } from '../../parts/checkbox'
import { Field } from '../../parts/field'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { TextField } from './form-field'
import type { MarkDraft } from './mark-draft'
import type { Problems } from './plain-problems'
import type { ServerDraft } from './server-draft'

/** How a server is told apart from others, and whether it may be changed at all. */
export function MarkFields({ draft, siteMark, problems, onChange }: MarkFieldsProps) {
  const { mark } = draft
  const put = (change: Partial<MarkDraft>) => onChange({ ...draft, mark: { ...mark, ...change } })
  return (
    <div className="flds">
      <Field label="Mark" hint="Shown with its name wherever something is sent to it.">
        <Select
          value={mark.choice}
          onChange={(choice) => put({ choice })}
          options={[
            { id: 'none', label: siteMark ? `As its site: ${siteMark.label}` : 'None' },
            { id: 'production', label: 'Production' },
            { id: 'staging', label: 'Staging' },
            { id: 'test', label: 'Test' },
            { id: 'other', label: 'A name of its own' }
          ]}
        />
      </Field>
      {mark.choice === 'other' && (
        <>
          <TextField
            label="Marked as"
            path="mark.label"
            problems={problems}
            value={mark.label}
            onChange={(label) => put({ label })}
            placeholder="customer A"
          />
          <Field label="Colour">
            <Segmented
              label="Colour of the mark"
              value={mark.colour}
              onChange={(colour) => put({ colour })}
              segments={[
                { id: 'rose', label: 'Rose' },
                { id: 'olive', label: 'Olive' },
                { id: 'slate', label: 'Grey' }
              ]}
            />
          </Field>
        </>
      )}
      <Field label="Changes">
        <Checkbox
          checked={draft.lookOnly}
          onChange={(lookOnly) => onChange({ ...draft, lookOnly })}
          hint="Steps that would change it are refused before they are sent, and previews name them."
        >
          Only look
        </Checkbox>
      </Field>
    </div>
  )
}

/** What `MarkFields` are told; `siteMark`: the mark a server without one takes from its site. */
export type MarkFieldsProps = {
  draft: ServerDraft
  siteMark: Mark | undefined
  problems: Problems
  onChange: (draft: ServerDraft) => void
}
