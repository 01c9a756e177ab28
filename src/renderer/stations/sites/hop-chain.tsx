import { Fragment, useState } from 'react'
import type { SshConfigHost } from '../../../shared/ssh-settings'
import { Button } from '../../parts/button'
import { Field } from '../../parts/field'
import { Icon } from '../../parts/icon'
import { Segmented } from '../../parts/segmented'
import { useSshConfigHosts, useSshWay } from '../../state/ssh-config'
import { ConfigHop } from './config-hop'
import { configHop, copiedHops } from './copy-hops'
import type { Problems } from './plain-problems'
import type { TypedSecret } from './secret-field'
import { emptyHop, entryOfHop, type HopDraft, type ServerDraft } from './server-draft'
import { TypedHop } from './typed-hop'

const hopLabel = (hop: HopDraft): string => {
  if (!hop.host) return 'host?'
  return hop.port === 22 || hop.port === null ? hop.host : `${hop.host}:${hop.port}`
}

const hasProblem = (problems: Problems, index: number): boolean =>
  Object.keys(problems).some((path) => path.startsWith(`ssh.${index}.`))

const titleOf = (hop: HopDraft, at: number, count: number): string => {
  const what = at === count - 1 ? 'the host itself' : `jump host ${at + 1}`
  return `${what}: ${hop.from === 'ssh-config' ? `${hop.host} of your ssh config` : `${hop.user}@${hop.host}`}`
}

/** The way by SSH as a chain of hops, the last is the host itself; the chosen hop is edited below. */
export function HopChain({
  serverId,
  hops,
  problems,
  onChange,
  secrets,
  onSecret,
  savedPlace,
  transport,
  onTransport,
  onPicked
}: HopChainProps) {
  const [chosenKey, setChosen] = useState<string | null>(null)
  const hosts = useSshConfigHosts()
  const index = Math.max(
    0,
    hops.findIndex((hop) => hop.key === (chosenKey ?? hops.at(-1)?.key))
  )
  const hop = hops[index]
  // A jump before it takes the place of the config's own ProxyJump.
  const entry = hop?.from === 'ssh-config' ? entryOfHop(hop) : null
  const chain = entry && (index === 0 ? [entry] : [emptyEntry, entry])
  const way = useSshWay(chain)
  const shown = index > 0 && way.kind === 'known' ? { ...way, way: { ...way.way, hops: way.way.hops.slice(1) } } : way
  const put = (change: Partial<HopDraft>) =>
    onChange(hops.map((one, at) => (at === index ? { ...one, ...change } : one)))
  const replace = (next: HopDraft[]) => {
    onChange([...hops.slice(0, index), ...next, ...hops.slice(index + 1)])
    setChosen(next.at(-1)?.key ?? null)
  }
  const addJump = () => {
    const last = hops.at(-1)
    const made =
      last && last.from === 'typed'
        ? emptyHop({ user: last.user, auth: last.auth, path: last.path, passphrase: last.passphrase })
        : emptyHop()
    const at = Math.max(0, hops.length - 1)
    onChange([...hops.slice(0, at), made, ...hops.slice(at)])
    setChosen(made.key)
  }
  const remove = () => {
    onChange(hops.filter((_, at) => at !== index))
    setChosen(null)
  }
  const copy = () => {
    if (shown.kind === 'known') replace(copiedHops(shown.way.hops))
  }
  const switchTo = (from: HopDraft['from']) => {
    if (!hop || from === hop.from) return
    if (from === 'ssh-config') return replace([{ ...configHop(hop.host), key: hop.key }])
    if (shown.kind === 'known' && shown.way.hops.length > 0) return copy()
    replace([emptyHop({ host: hop.host, user: hop.user, port: hop.port ?? 22 })])
  }
  const noHosts = hosts.kind === 'known' && hosts.hosts.length === 0 && `There is no Host in ${hosts.file}.`
  const fields = hop && {
    hop,
    path: `ssh.${index}`,
    problems,
    put,
    serverId,
    place: savedPlace(hop.key),
    secrets,
    bySystem: transport === 'system',
    onSecret
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
                title={titleOf(one, at, hops.length)}
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
      {hop && fields && (
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
          <Field label="From">
            <Segmented
              label="Where the host is described"
              value={hop.from}
              onChange={switchTo}
              segments={[
                { id: 'typed', label: 'Typed here' },
                {
                  id: 'ssh-config',
                  label: 'ssh config',
                  ...(noHosts && hop.from === 'typed' ? { disabled: noHosts } : {})
                }
              ]}
            />
          </Field>
          {hop.from === 'ssh-config' ? (
            <ConfigHop
              key={hop.key}
              {...fields}
              hosts={hosts}
              way={shown}
              onCopy={copy}
              onSystem={() => onTransport('system')}
              onPicked={(picked) => index === hops.length - 1 && onPicked(picked)}
            />
          ) : (
            <TypedHop key={hop.key} {...fields} />
          )}
        </fieldset>
      )}
    </div>
  )
}

/** Stands for the hops before, so that only the host's own lines are asked for. */
const emptyEntry = { host: 'before', port: 22, user: 'before', auth: { kind: 'agent' as const } }

/** What a `HopChain` is told; `savedPlace` is where the saved chain has a hop, and so what its secrets are called; null while it is not saved. */
export type HopChainProps = {
  serverId: string | null
  hops: HopDraft[]
  problems: Problems
  onChange: (hops: HopDraft[]) => void
  secrets: Record<string, TypedSecret>
  onSecret: (key: string, typed: TypedSecret) => void
  savedPlace: (hopKey: string) => number | null
  transport: ServerDraft['transport']
  onTransport: (transport: ServerDraft['transport']) => void
  /** The host itself was picked from the ssh config. */
  onPicked: (host: SshConfigHost) => void
}
