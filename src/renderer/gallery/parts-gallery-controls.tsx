import { useState } from 'react'
import { Button } from '../parts/button'
import { Checkbox } from '../parts/checkbox'
import { Chip } from '../parts/chip'
import { ConfirmTyped } from '../parts/confirm-typed'
import { Field } from '../parts/field'
import { Icon, type IconName } from '../parts/icon'
import { IconButton } from '../parts/icon-button'
import { iconPaths } from '../parts/icon-paths'
import { Menu } from '../parts/menu'
import { NumberInput } from '../parts/number-input'
import { PickInput } from '../parts/pick-input'
import { RoleBadge } from '../parts/role-badge'
import { SecretInput } from '../parts/secret-input'
import { Segmented } from '../parts/segmented'
import { Select } from '../parts/select'
import { SiteChip } from '../parts/site-chip'
import { Status } from '../parts/status'
import { type StatusKind, statusWords } from '../parts/status-kind'
import { Tabs } from '../parts/tabs'
import { TextArea } from '../parts/text-area'
import { TextInput } from '../parts/text-input'
import { Specimen } from './specimen'

const none = () => {}

/** Buttons, inputs, chips and states. */
export function PartsGalleryControls() {
  return (
    <div style={{ columns: '3 320px', columnGap: 16 }}>
      <Buttons />
      <Typed />
      <States />
      <Inputs />
      <Choices />
      <Specimen words="Icons">
        <div className="row wrap" style={{ gap: 10 }}>
          {(Object.keys(iconPaths) as IconName[]).map((name) => (
            <span key={name} title={name}>
              <Icon name={name} label={name} />
            </span>
          ))}
        </div>
      </Specimen>
    </div>
  )
}

function Buttons() {
  return (
    <Specimen words="Buttons: primary once a view, secondary, quiet, danger, locked, busy">
      <div className="row wrap">
        <Button variant="primary" icon="play" keys={['Ctrl', '↵']} onPress={none}>
          Preview and apply
        </Button>
        <Button icon="refresh">Re-check</Button>
        <Button variant="ghost">Cancel</Button>
        <Button variant="danger" icon="cross">
          End sessions
        </Button>
        <Button variant="danger-solid" icon="back" keys={['Esc']}>
          Abort
        </Button>
        <Button disabled="Three stragglers are left on fra-db1">Finish…</Button>
        <Button busy="Asking 2 servers…">Re-check</Button>
        <Button size="sm">Small</Button>
        <Button size="md">Dialog</Button>
        <IconButton icon="settings" label="Settings" />
        <Menu
          label="More"
          items={[
            { kind: 'head', id: 'h', label: 'lis-db2' },
            { kind: 'item', id: 'a', label: 'Run the doctor', icon: 'refresh', keys: ['R'], onPress: none },
            {
              kind: 'item',
              id: 'b',
              label: 'Pair…',
              icon: 'swap',
              disabled: 'Frankfurt has no server left to pair with',
              onPress: none
            },
            { kind: 'line', id: 'l' },
            { kind: 'item', id: 'c', label: 'Remove from the move', icon: 'trash', danger: true, onPress: none }
          ]}
        />
      </div>
    </Specimen>
  )
}

function Typed() {
  return (
    <Specimen words="Typed confirmation: type the words">
      <div className="col g8">
        <ConfirmTyped words="go Lisbon" action="Start" onConfirm={none} />
        <ConfirmTyped words="go Lisbon" action="Start" onConfirm={none} small />
        <ConfirmTyped
          words="remove Frankfurt"
          action="Remove links"
          onConfirm={none}
          small
          danger
          disabled="Gates are shut: drift is 2 d old"
        />
      </div>
    </Specimen>
  )
}

function States() {
  return (
    <Specimen words="Status: icon and word, never colour alone">
      <div
        className="s12"
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(3, auto)',
          gap: '8px 12px',
          justifyContent: 'space-between'
        }}
      >
        {(Object.keys(statusWords) as StatusKind[]).map((kind) => (
          <Status key={kind} status={kind} />
        ))}
      </div>
      <div className="row g6 wrap" style={{ marginTop: 12 }}>
        <Chip tone="ok">ready</Chip>
        <Chip tone="att">throttled</Chip>
        <Chip tone="dan">stop</Chip>
        <Chip tone="info">draft</Chip>
        <Chip tone="unk">stale</Chip>
        <Chip>plain</Chip>
        <SiteChip side="old">Frankfurt</SiteChip>
        <SiteChip side="new">Lisbon</SiteChip>
      </div>
      <div className="row g6 wrap" style={{ marginTop: 8 }}>
        <RoleBadge state="takes-writes" side="old" />
        <RoleBadge state="takes-writes" side="new" />
        <RoleBadge state="read-only" side="new" />
        <RoleBadge state="armed" side="new" withSide />
        <RoleBadge state="sealed" side="old" withSide />
        <RoleBadge state="writes-wait" side="old" />
        <RoleBadge state="unknown" side="old" />
      </div>
    </Specimen>
  )
}

function Inputs() {
  const [endpoint, setEndpoint] = useState('127.0.0.1:3306')
  const [budget, setBudget] = useState<number | null>(0.1)
  const [secret, setSecret] = useState('')
  const [reason, setReason] = useState('')
  return (
    <Specimen words="Inputs, with their message inline">
      <div className="flds">
        <Field label="Endpoint">
          <TextInput value={endpoint} onChange={setEndpoint} mono hint="seen from lis-db2" />
        </Field>
        <Field
          label="Budget"
          error={budget === null || budget < 0.5 ? 'Below the rehearsed 148 ms. Use 0.5 s or more.' : undefined}
        >
          <NumberInput value={budget} onChange={setBudget} unit="s" step={0.1} min={0} width="100%" />
        </Field>
        <Field label="Threads" warning="More than the server has cores (2).">
          <NumberInput value={8} onChange={none} />
        </Field>
        <Field label="TLS" hint="Checked against the CA of the move.">
          <Select
            value="ca"
            onChange={none}
            options={[
              { id: 'off', label: 'Off' },
              { id: 'ca', label: 'Verify CA' },
              { id: 'host', label: 'Verify host' }
            ]}
          />
        </Field>
        <Field label="Host alias" hint="Typing narrows, arrows choose, Enter takes.">
          <PickInput
            value="fra-db1"
            onChange={none}
            onPick={none}
            none="No Host line with this name."
            options={[
              { id: 'fra-db1', label: 'fra-db1', fact: 'deploy@10.40.0.12 through fra-gate' },
              { id: 'lis-db1', label: 'lis-db1', fact: 'deploy@10.60.0.12' }
            ]}
          />
        </Field>
        <Field label="Password">
          <SecretInput value={secret} onChange={setSecret} kept="kept in the keychain" />
        </Field>
        <Field label="Locked">
          <TextInput value="fra-db1" disabled mono />
        </Field>
        <Field label="Reason" stacked hint="It is written into the report, with your name.">
          <TextArea value={reason} onChange={setReason} rows={2} placeholder="Why this finding may stay" />
        </Field>
        <TextInput
          value=""
          onChange={none}
          label="Filter checks"
          icon="search"
          placeholder="Filter checks"
          keys="/"
          type="search"
        />
      </div>
    </Specimen>
  )
}

function Choices() {
  const [tab, setTab] = useState('server')
  const [lens, setLens] = useState('live')
  const [mask, setMask] = useState(true)
  return (
    <Specimen words="Tabs, segments, boxes">
      <div className="col g12">
        <Tabs
          label="Server"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'server', label: 'Server' },
            { id: 'links', label: 'Links', count: 2 },
            { id: 'variables', label: 'Variables' }
          ]}
        />
        <div className="row">
          <Segmented
            label="Lens"
            value={lens}
            onChange={setLens}
            segments={[
              { id: 'live', label: 'Live', icon: 'eye' },
              { id: 'diff', label: 'Diff old ↔ new', count: 18 },
              { id: 'since', label: 'Since', disabled: 'No snapshot yet' }
            ]}
          />
        </div>
        <div className="col">
          <Checkbox checked={mask} onChange={setMask}>
            mask personal data
          </Checkbox>
          <Checkbox checked="some" onChange={none} hint="53 of 86">
            Tables to compare
          </Checkbox>
          <Checkbox checked={false} disabled onChange={none}>
            Row values that differed
          </Checkbox>
        </div>
      </div>
    </Specimen>
  )
}
