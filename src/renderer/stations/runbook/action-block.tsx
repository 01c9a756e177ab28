import type { Move } from '../../../shared/move'
import type { Action } from '../../../shared/runbook'
import { CommandBlock } from '../../parts/command-block'
import { Icon } from '../../parts/icon'
import { ServerText } from '../../parts/server-text'
import { SqlBlock } from '../../parts/sql-block'
import { serverName, sideOf } from './names'
import { ServerMarks } from './server-marks'

const withEnd = (statement: string): string => `${statement.trim().replace(/;$/, '')};`

/** One action exactly as it is sent: where it runs, in which session or shell, and its text with Copy. */
export function ActionBlock({ action, move, small }: { action: Action; move: Move; small?: boolean }) {
  switch (action.kind) {
    case 'sql':
      return (
        <SqlBlock
          wraps
          bounded
          small={small}
          side={sideOf(move, action.server) ?? undefined}
          head={
            <>
              <ServerHead move={move} server={action.server} />, session {action.session}
              {action.onePacket && action.statements.length > 1 ? ', one packet' : ''}
              {action.changes ? '' : ', reads only'}
            </>
          }
          sql={action.statements.map(withEnd).join('\n')}
        />
      )
    case 'command':
      return (
        <>
          <CommandBlock
            wraps
            bounded
            small={small}
            side={sideOf(move, action.server) ?? undefined}
            head={
              <>
                <ServerHead move={move} server={action.server} />, over SSH
                {action.changes ? '' : ', reads only'}
              </>
            }
            command={action.command}
          />
          {action.input !== null && (
            <CommandBlock
              wraps
              bounded
              small
              prompt={null}
              head="on its standard input"
              command={action.input.trimEnd()}
            />
          )}
        </>
      )
    case 'dns':
      return <CommandBlock wraps bounded head={<>DNS update of {action.domain}</>} command={action.text} />
    case 'person':
      return <Words icon="pen">{action.text}</Words>
    case 'app':
      return <Words icon="eye">{action.text}</Words>
    default:
      return action satisfies never
  }
}

/** The name of the server an action goes to, with what it is marked as. */
function ServerHead({ move, server }: { move: Move; server: string }) {
  return (
    <>
      <b className="m11">{serverName(move, server)}</b>
      <ServerMarks move={move} server={server} />
    </>
  )
}

function Words({ icon, children }: { icon: 'pen' | 'eye'; children: string }) {
  return (
    <p className="row g8 top0 s12 t2">
      <Icon name={icon} size={12} label={icon === 'pen' ? 'by hand' : 'by the app'} />
      <ServerText>{children}</ServerText>
    </p>
  )
}
