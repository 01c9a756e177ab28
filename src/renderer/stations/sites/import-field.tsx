import { useState } from 'react'
import { Button } from '../../parts/button'
import { Field } from '../../parts/field'
import { type ChosenImport, ImportDialog } from './import-dialog'
import { sourceNames } from './import-draft'

/** The way into the connections of other programs, and what was taken from there. */
export function ImportField({ imported, onImported, onLeave }: ImportFieldProps) {
  const [open, setOpen] = useState(false)
  const from = imported && `“${imported.entry.name}” of ${sourceNames[imported.entry.source]}`
  return (
    <>
      <Field
        label="Import"
        hint={
          from
            ? `Filled in: ${from}${imported.withPassword ? '. Its password is taken along when the server is added.' : '.'}`
            : undefined
        }
      >
        <Button onPress={() => setOpen(true)}>From another program…</Button>
        {imported?.withPassword && (
          <Button variant="ghost" label="Leave its password" onPress={onLeave}>
            Leave its password
          </Button>
        )}
      </Field>
      {open && (
        <ImportDialog
          onClose={() => setOpen(false)}
          onChosen={(chosen) => {
            setOpen(false)
            onImported(chosen)
          }}
        />
      )}
    </>
  )
}

/** What an `ImportField` is told. */
export type ImportFieldProps = {
  imported: ChosenImport | null
  onImported: (chosen: ChosenImport) => void
  onLeave: () => void
}
