import { useState } from 'react'
import { databasePair } from '../../../shared/move'
import { Button } from '../../parts/button'
import { Column } from '../../parts/column'
import { EmptyState } from '../../parts/empty-state'
import { HalfDisc } from '../../parts/half-disc'
import { Icon } from '../../parts/icon'
import { Section } from '../../parts/section'
import { useMove } from '../../state/open-move'
import { editMove } from '../../state/sites'
import { type BridgeDraft, bridgeOfDraft, likelyBridge } from './bridge-draft'
import { EndpointField, TextField } from './form-field'
import { useAutosave } from './use-autosave'

/** The site link: an SSH tunnel from the new database host to the old one, described before it is built in Replicate. */
export function BridgeTab() {
  const { move } = useMove()
  const [described, setDescribed] = useState(move.bridge !== undefined)
  if (!described) {
    return (
      <Column>
        <EmptyState
          icon="link"
          title="No bridge yet"
          actions={
            <Button variant="primary" icon="plus" onPress={() => setDescribed(true)}>
              Describe the bridge
            </Button>
          }
        >
          The two databases meet in an SSH tunnel between their hosts, so that each sees the other as on its own
          network. Siteswap fills in what is likely; it is built in Replicate, after a preview.
        </EmptyState>
      </Column>
    )
  }
  return <BridgeForm />
}

function BridgeForm() {
  const { move } = useMove()
  const [draft, setDraft] = useState<BridgeDraft>(() => move.bridge ?? likelyBridge(move))
  const parsed = bridgeOfDraft(draft)
  const problems = parsed.ok ? {} : parsed.problems
  const put = (change: Partial<BridgeDraft>) => setDraft({ ...draft, ...change })
  const pair = databasePair(move)
  const oldDb = pair?.old.name ?? 'the old database host'
  const newDb = pair?.new.name ?? 'the new database host'
  useAutosave(parsed.ok ? parsed.bridge : null, move.bridge, (bridge) => void editMove((now) => ({ ...now, bridge })))
  return (
    <Column label="Bridge">
      <div className="sheet">
        <figure
          className="bridge-fig"
          aria-label={`${newDb} signs in to ${oldDb} by SSH; each database appears at a port on the other side`}
        >
          <span className="end-l">
            <HalfDisc side="old" size={12} />
            <b className="m el">{oldDb}</b>
            <span className="s11 t2 el">
              finds {newDb} at{' '}
              <span className="m11">
                {draft.newAt.host}:{draft.newAt.port}
              </span>
            </span>
          </span>
          <span className="mid">
            <i />
            <span className="s11 t2 row g4">
              <Icon name="arrow-left" size={12} />
              ssh as <span className="m11">{draft.user || '?'}</span>
            </span>
            <i />
          </span>
          <span className="end-l">
            <HalfDisc side="new" size={12} />
            <b className="m el">{newDb}</b>
            <span className="s11 t2 el">
              finds {oldDb} at{' '}
              <span className="m11">
                {draft.oldAt.host}:{draft.oldAt.port}
              </span>
            </span>
          </span>
        </figure>
        <Section title={`Signing in to ${oldDb}`} sub={`from ${newDb}, with a key made there`} small={false}>
          <div className="flds">
            <EndpointField
              label="SSH host"
              path="ssh"
              problems={{ ...problems, 'ssh.host': problems.sshHost ?? '', 'ssh.port': problems.sshPort ?? '' }}
              host={draft.sshHost}
              port={draft.sshPort}
              onChange={(sshHost, sshPort) => put({ sshHost, sshPort })}
              hint={`as ${newDb} sees it, not as this computer does`}
            />
            <TextField
              label="User"
              path="user"
              problems={problems}
              value={draft.user}
              onChange={(user) => put({ user })}
              mono
            />
            <TextField
              label="Key goes into"
              path="authorizedKeysPath"
              problems={problems}
              value={draft.authorizedKeysPath}
              onChange={(authorizedKeysPath) => put({ authorizedKeysPath })}
              hint={`on ${oldDb}; the entry allows this forwarding and nothing else`}
              mono
            />
          </div>
        </Section>
        <Section title="Where each database appears" sub="on the other side" small={false}>
          <div className="flds">
            <EndpointField
              label={`On ${move.old.name}`}
              path="newAt"
              problems={problems}
              host={draft.newAt.host}
              port={draft.newAt.port}
              onChange={(host, port) => put({ newAt: { host, port } })}
              hint={`${newDb}, at an address of ${oldDb} that the old web servers reach; they are sent here at the cutover`}
            />
            <EndpointField
              label={`On ${move.new.name}`}
              path="oldAt"
              problems={problems}
              host={draft.oldAt.host}
              port={draft.oldAt.port}
              onChange={(host, port) => put({ oldAt: { host, port } })}
              hint={`${oldDb}, for replication; at an address that the new web servers reach, they can follow the way back`}
            />
            <TextField
              label="Folder"
              path="directory"
              problems={problems}
              value={draft.directory}
              onChange={(directory) => put({ directory })}
              hint={`on ${newDb}, for key, known hosts, unit and log`}
              mono
            />
          </div>
        </Section>
        <p className="s11 t3 sheet-foot">
          {parsed.ok ? 'Saved as you type.' : 'Not saved: some fields need a look.'} A bridge that is already built
          keeps what it was built with until it is built again in Replicate.
        </p>
      </div>
    </Column>
  )
}
