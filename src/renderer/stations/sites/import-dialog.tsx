import { useEffect, useState } from 'react'
import type { ImportEntry } from '../../../shared/import'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Dialog } from '../../parts/dialog'
import { EmptyState } from '../../parts/empty-state'
import { Field } from '../../parts/field'
import { Loading } from '../../parts/loading'
import { Note } from '../../parts/note'
import { ServerText } from '../../parts/server-text'
import { Table } from '../../parts/table'
import { TextInput } from '../../parts/text-input'
import { type ImportState, importedUser, lookForImports, useImports } from '../../state/import'
import { placeOf, sourceNames } from './import-draft'

/** What was chosen: the connection, the account's name where it had to be unsealed, and whether its password comes along. */
export interface ChosenImport {
  entry: ImportEntry
  user: string | null
  withPassword: boolean
}

const passwordWords: Record<ImportEntry['password'], string> = { none: 'none', stored: 'has one', sealed: 'sealed' }

const entriesOf = (state: ImportState): ImportEntry[] => (state.kind === 'found' ? state.list.entries : [])

/** Connections that MySQL’s programs, DBeaver and MySQL Workbench keep here, to fill the form from. */
export function ImportDialog({ onClose, onChosen }: ImportDialogProps) {
  const state = useImports()
  const [address, setAddress] = useState('')
  const [selected, setSelected] = useState<string>()
  const [withPassword, setWithPassword] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void lookForImports(null)
  }, [])
  const chosen = entriesOf(state).find(({ id }) => id === selected)
  const select = (id: string | undefined) => {
    setSelected(id)
    // Passwords are taken along when somebody says so, for this connection.
    setWithPassword(false)
  }
  const read = async () => {
    if (address.trim() === '') return
    if (await lookForImports(address.trim())) {
      // It may hold a password: it does not stay on the screen.
      setAddress('')
      select(undefined)
    }
  }
  const take = async () => {
    if (!chosen || busy) return
    const sealed = chosen.password === 'sealed' && withPassword
    setBusy(true)
    const user = sealed && chosen.user === null ? await importedUser(chosen.id) : null
    setBusy(false)
    // Undefined: it could not be opened, and a notice says why.
    if (user !== undefined) onChosen({ entry: chosen, user, withPassword })
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Take a connection from another program"
      foot={
        <>
          <Button
            variant="primary"
            size="md"
            disabled={!chosen && 'Choose a connection first.'}
            busy={busy && 'Opening'}
            onPress={() => void take()}
          >
            Fill in the form
          </Button>
          <Button size="md" onPress={onClose}>
            Cancel
          </Button>
          <span className="end s11 t3">Nothing is changed in the other program.</span>
        </>
      }
    >
      <Field label="Address">
        <TextInput
          value={address}
          onChange={setAddress}
          onEnter={() => void read()}
          placeholder="mysql://shop@db1:3306/?ssl-mode=VERIFY_CA"
          mono
          autoFocus
        />
        <Button onPress={() => void read()} disabled={address.trim() === '' && 'Type or paste an address first.'}>
          Read
        </Button>
      </Field>
      <Found state={state} selected={selected} onSelect={select} />
      {chosen && <PasswordChoice entry={chosen} checked={withPassword} onChange={setWithPassword} />}
    </Dialog>
  )
}

/** What an `ImportDialog` is told. */
export type ImportDialogProps = { onClose: () => void; onChosen: (chosen: ChosenImport) => void }

function Found({ state, selected, onSelect }: FoundProps) {
  if (state.kind === 'looking') return <Loading>Looking for connections</Loading>
  if (state.kind === 'failed') return <Note tone="att" title={state.failure.what} />
  const { entries, places } = state.list
  const failed = places.flatMap((place) => (place.kind === 'failed' ? [place] : []))
  return (
    <>
      {state.failure && (
        <Note tone="att" title={state.failure.what}>
          {state.failure.try[0]}
        </Note>
      )}
      {entries.length === 0 ? (
        <EmptyState icon="search" title="No connection found">
          Neither ~/.my.cnf nor login paths, DBeaver or MySQL Workbench know one on this computer.
        </EmptyState>
      ) : (
        <Table
          label="Connections of other programs"
          rows={entries}
          rowKey={({ id }) => id}
          selected={selected}
          onSelect={onSelect}
          columns={[
            { id: 'source', head: 'From', cell: ({ source }) => <span className="t2">{sourceNames[source]}</span> },
            { id: 'name', head: 'Name', cell: ({ name }) => <ServerText>{name}</ServerText> },
            {
              id: 'place',
              head: 'Leads to',
              fill: true,
              mono: true,
              cell: (entry) => <ServerText>{placeOf(entry)}</ServerText>
            },
            { id: 'password', head: 'Password', cell: ({ password }) => passwordWords[password] }
          ]}
        />
      )}
      {failed.map(({ path, failure }) => (
        <Note key={path} tone="att" title={failure.what}>
          {failure.why ?? failure.try[0]}
        </Note>
      ))}
    </>
  )
}

type FoundProps = { state: ImportState; selected: string | undefined; onSelect: (id: string) => void }

function PasswordChoice({ entry, checked, onChange }: PasswordChoiceProps) {
  const { source, password, leftOut } = entry
  const name = sourceNames[source]
  return (
    <div className="col g8">
      {password === 'stored' && (
        <Checkbox
          checked={checked}
          onChange={onChange}
          hint="It is copied when the server is added, without being shown here. Otherwise you enter it yourself."
        >
          Take its password along
        </Checkbox>
      )}
      {password === 'sealed' && (
        <Checkbox
          checked={checked}
          onChange={onChange}
          hint={`${name} keeps account and password in an encrypted file whose key is known to everybody. It is opened only if you say so.`}
        >
          {`Open ${name}’s file for account and password`}
        </Checkbox>
      )}
      {leftOut.map((words) => (
        <p key={words} className="s11 t3">
          {/\s/.test(words) ? words : `The option ${words} is not taken over.`}
        </p>
      ))}
    </div>
  )
}

type PasswordChoiceProps = { entry: ImportEntry; checked: boolean; onChange: (checked: boolean) => void }
