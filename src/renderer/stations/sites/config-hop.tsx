import { useState } from 'react'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import { Button } from '../../parts/button'
import { Field } from '../../parts/field'
import { NumberInput } from '../../parts/number-input'
import { PickInput } from '../../parts/pick-input'
import { Segmented } from '../../parts/segmented'
import { Select } from '../../parts/select'
import { TextInput } from '../../parts/text-input'
import type { KnownHostsList, SshWay } from '../../state/ssh-config'
import { ConfigWay } from './config-way'
import type { HopFieldsProps } from './hop-fields-props'
import { HopSecrets } from './hop-secrets'
import type { HopDraft } from './server-draft'
import { SignInFields, signInSegments } from './typed-hop'

const factOf = (host: SshConfigHost): string => {
  if (host.problem) return host.problem
  const place = `${host.user}@${host.host}${host.port === 22 ? '' : `:${host.port}`}`
  const way = host.through.length > 0 ? ` through ${host.through.join(', ')}` : ''
  return `${place}${way}${host.needsSystemSsh ? ` · ${host.needsSystemSsh}` : ''}`
}

const overrides = (hop: HopDraft): boolean => hop.user.trim() !== '' || hop.port !== null || hop.auth !== 'auto'

/** A host of the person's ssh config: found by its name, shown as it would be connected, with what is set differently here. */
export function ConfigHop({ hosts, way, onPicked, onCopy, onSystem, ...props }: ConfigHopProps) {
  const { hop, path, problems, put } = props
  const [differs, setDiffers] = useState(overrides(hop))
  const list = hosts.kind === 'known' ? hosts.hosts : []
  const file = hosts.kind === 'known' ? hosts.file.replace(/^.*(?=\/\.ssh\/)/, '~') : 'your ssh config'
  const known = way.kind === 'known' ? way.way.hops : []
  const last = known.at(-1)
  return (
    <>
      <Field
        label="Host alias"
        error={problems[`${path}.alias`]}
        hint={hop.host === '' ? `a Host of ${file}, looked up at each connect` : undefined}
      >
        <PickInput
          value={hop.host}
          onChange={(host) => put({ host })}
          onPick={(alias) => {
            put({ host: alias })
            const picked = list.find((host) => host.alias === alias)
            if (picked) onPicked(picked)
          }}
          options={list.map((host) => ({
            id: host.alias,
            label: host.alias,
            fact: factOf(host),
            words: `${host.host} ${host.user} ${host.through.join(' ')}`
          }))}
          placeholder="db1"
          none="No Host line with this name; patterns such as Host *.example.com still count."
        />
      </Field>
      {hop.host.trim() !== '' && <ConfigWay way={way} bySystem={props.bySystem} onSystem={onSystem} />}
      <div className="row">
        <Button size="sm" variant="ghost" pressed={differs} onPress={() => setDiffers(!differs)}>
          Set differently here
        </Button>
        <Button size="sm" variant="ghost" onPress={onCopy} disabled={known.length === 0 && 'It does not resolve yet.'}>
          Copy the values instead
        </Button>
      </div>
      {differs && (
        <>
          <Field label="User" error={problems[`${path}.user`]}>
            <TextInput value={hop.user} onChange={(user) => put({ user })} placeholder={last?.user} mono />
            <NumberInput
              label="Port"
              value={hop.port}
              onChange={(port) => put({ port })}
              placeholder={last ? String(last.port) : ''}
              min={1}
              max={65_535}
              width={72}
            />
          </Field>
          <Field label="Sign-in">
            <Segmented
              label="Sign-in"
              value={hop.auth}
              onChange={(auth) => put({ auth })}
              segments={signInSegments('Config')}
            />
          </Field>
        </>
      )}
      {hop.auth !== 'auto' && <SignInFields {...props} />}
      {hop.auth === 'auto' && !props.bySystem && <WaySecrets {...props} hops={known} />}
    </>
  )
}

/** What a `ConfigHop` is told besides the fields of a hop. */
export type ConfigHopProps = HopFieldsProps & {
  hosts: KnownHostsList
  way: SshWay
  onPicked: (host: SshConfigHost) => void
  onCopy: () => void
  onSystem: () => void
}

const suffixOf = (secretPlace: string): string => secretPlace.replace(/^\d+/, '')

/** Passphrases and passwords along the way, for one of its hosts at a time. */
function WaySecrets({ hops, ...props }: HopFieldsProps & { hops: Extract<SshWay, { kind: 'known' }>['way']['hops'] }) {
  const [chosen, setChosen] = useState('')
  const suffixes = hops.map((hop) => suffixOf(hop.secretPlace))
  const suffix = suffixes.includes(chosen) ? chosen : ''
  return (
    <>
      {hops.length > 1 && (
        <Field label="Secrets of">
          <Select
            value={suffix}
            onChange={setChosen}
            options={hops.map((hop) => ({ id: suffixOf(hop.secretPlace), label: hop.alias ?? hop.host }))}
            mono
          />
        </Field>
      )}
      <HopSecrets
        key={suffix}
        hopKey={props.hop.key}
        suffix={suffix}
        serverId={props.serverId}
        place={props.place}
        which="both"
        optional
        secrets={props.secrets}
        onSecret={props.onSecret}
      />
    </>
  )
}
