import { Fragment, useState } from 'react'
import { sshPassphraseSecret, sshPasswordSecret } from '../../../shared/secret'
import { Button } from '../../parts/button'
import { Checkbox } from '../../parts/checkbox'
import { Field } from '../../parts/field'
import { Icon } from '../../parts/icon'
import { Segmented } from '../../parts/segmented'
import { EndpointField, TextField } from './form-field'
import type { Problems } from './plain-problems'
import { nothingTyped, SecretField, type TypedSecret } from './secret-field'
import { emptyHop, type HopDraft } from './server-draft'

const hopLabel = (hop: HopDraft): string => {
  if (!hop.host) return 'host?'
  const short = hop.host.length > 22 && !/^[\d.]+$/.test(hop.host) ? `${hop.host.slice(0, 20)}…` : hop.host
  return hop.port === 22 || hop.port === null ? short : `${short}:${hop.port}`
}

const hasProblem = (problems: Problems, index: number): boolean =>
  Object.keys(problems).some((path) => path.startsWith(`ssh.${index}.`))

/** The way by SSH as a chain of hops, the last is the host itself; the chosen hop is edited below. */
export function HopChain({ serverId, hops, problems, onChange, secrets, onSecret, savedPlace }: HopChainProps) {
  const [chosenKey, setChosen] = useState<string | null>(null)
  const index = Math.max(
    0,
    hops.findIndex((hop) => hop.key === (chosenKey ?? hops.at(-1)?.key))
  )
  const hop = hops[index]
  const place = hop ? savedPlace(hop.key) : null
  const put = (change: Partial<HopDraft>) =>
    onChange(hops.map((one, at) => (at === index ? { ...one, ...change } : one)))
  const addJump = () => {
    const last = hops.at(-1)
    const made = emptyHop(
      last ? { user: last.user, auth: last.auth, path: last.path, passphrase: last.passphrase } : {}
    )
    const at = Math.max(0, hops.length - 1)
    onChange([...hops.slice(0, at), made, ...hops.slice(at)])
    setChosen(made.key)
  }
  const remove = () => {
    onChange(hops.filter((_, at) => at !== index))
    setChosen(null)
  }
  return (
    <div className="flds">
      <Field label="Reach by SSH" error={problems.ssh}>
        <div className="hops">
          {hops.map((one, at) => (
            <Fragment key={one.key}>
              {at > 0 && <Icon name="chevron-right" size={12} />}
              <button
                type="button"
                className={`hop m${hasProblem(problems, at) ? ' bad' : ''}`}
                aria-pressed={at === index}
                title={`${at === hops.length - 1 ? 'the host itself' : `jump host ${at + 1}`}: ${one.user}@${one.host}`}
                onClick={() => setChosen(one.key)}
              >
                {hopLabel(one)}
              </button>
            </Fragment>
          ))}
          {hops.length < 8 && (
            <Button size="sm" variant="ghost" icon="plus" onPress={addJump}>
              {hops.length === 0 ? 'SSH host' : 'jump'}
            </Button>
          )}
        </div>
      </Field>
      {hop && (
        <fieldset
          className="hop-form"
          aria-label={index === hops.length - 1 ? 'The host itself' : `Jump host ${index + 1}`}
        >
          <div className="row s11 t2">
            <span className="grow">
              {index === hops.length - 1 ? 'The host itself' : `Jump host ${index + 1} of ${hops.length - 1}`}
            </span>
            <Button size="sm" variant="ghost" icon="trash" onPress={remove}>
              Remove
            </Button>
          </div>
          <EndpointField
            label="Host"
            path={`ssh.${index}`}
            problems={problems}
            host={hop.host}
            port={hop.port}
            onChange={(host, port) => put({ host, port })}
          />
          <TextField
            label="User"
            path={`ssh.${index}.user`}
            problems={problems}
            value={hop.user}
            onChange={(user) => put({ user })}
            mono
          />
          <Field label="Sign-in">
            <Segmented
              label="Sign-in"
              value={hop.auth}
              onChange={(auth) => put({ auth })}
              segments={[
                { id: 'agent', label: 'Agent' },
                { id: 'key', label: 'Key file' },
                { id: 'password', label: 'Password' }
              ]}
            />
          </Field>
          {hop.auth === 'key' && (
            <>
              <TextField
                label="Key file"
                path={`ssh.${index}.auth.path`}
                problems={problems}
                value={hop.path}
                onChange={(path) => put({ path })}
                placeholder="~/.ssh/id_ed25519"
                mono
              />
              <Field label="">
                <Checkbox checked={hop.passphrase} onChange={(passphrase) => put({ passphrase })}>
                  The key has a passphrase
                </Checkbox>
              </Field>
              {hop.passphrase && (
                <SecretField
                  label="Passphrase"
                  secretRef={serverId && place !== null ? sshPassphraseSecret(serverId, place) : null}
                  typed={secrets[`${hop.key}/passphrase`] ?? nothingTyped}
                  onTyped={(typed) => onSecret(`${hop.key}/passphrase`, typed)}
                />
              )}
            </>
          )}
          {hop.auth === 'password' && (
            <SecretField
              label="SSH password"
              secretRef={serverId && place !== null ? sshPasswordSecret(serverId, place) : null}
              typed={secrets[`${hop.key}/password`] ?? nothingTyped}
              onTyped={(typed) => onSecret(`${hop.key}/password`, typed)}
            />
          )}
        </fieldset>
      )}
    </div>
  )
}

/** What a `HopChain` is told; `savedPlace` is where the saved chain has a hop, and so what its secrets are called; null while it is not saved. */
export type HopChainProps = {
  serverId: string | null
  hops: HopDraft[]
  problems: Problems
  onChange: (hops: HopDraft[]) => void
  secrets: Record<string, TypedSecret>
  onSecret: (key: string, typed: TypedSecret) => void
  savedPlace: (hopKey: string) => number | null
}
