import type { Failure } from '../../shared/failure'
import { judgeGrants } from '../mysql/needed-grants'
import type { Session } from '../mysql/session'
import { grantScript } from './grant-script'
import type { LineVerdict } from './judge-line'

/** What an account may and may not do here, and the statements that would let it. */
export interface GrantsChecked {
  verdict: LineVerdict
  script: string | null
}

const line = (purpose: string, missing: readonly string[]): string =>
  `${purpose}: ${missing.length === 0 ? 'all that is needed' : `lacks ${missing.join(', ')}`}`

/** Compares what the server says this account holds with what looking, running and copying need. */
export const checkGrants = async (session: Session, where: string, deadlineMs: number): Promise<GrantsChecked> => {
  const options = { deadlineMs }
  const [who] = await session.query('SELECT CURRENT_USER() AS account', [], options)
  const granted = await session.table('SHOW GRANTS', options)
  const known = await session.query('SHOW PRIVILEGES', [], options)
  const account = who?.account ?? ''
  const held = judgeGrants({
    account,
    known: known.map((row) => row.Privilege ?? ''),
    lines: granted.rows.map((row) => row[0] ?? '')
  })
  const script = grantScript(account, held)
  const detail = [
    line('To look', held.missingToObserve),
    line('To run', held.missingToRun),
    line('To copy the data', held.missingToCopy)
  ]
  const toMove = [...held.missingToRun, ...held.missingToCopy]
  const perhaps = held.throughRoles ? ' (a role may give them)' : ''
  const more = held.throughRoles
    ? {
        why: 'It holds a role, and the server tells what a role gives only while the role is on.',
        state: 'warn' as const,
        try: [
          'Or let the role be on from the sign-in: make it a default role (SET DEFAULT ROLE), and run the doctor again.'
        ]
      }
    : { state: 'failed' as const, try: [] }
  const denied = (what: string, tries: string[]): Failure => ({
    kind: 'denied',
    what,
    where,
    ...('why' in more ? { why: more.why } : {}),
    try: [...tries, ...more.try]
  })
  if (held.missingToObserve.length > 0) {
    const what = `The account ${account} cannot see enough: it lacks ${held.missingToObserve.join(', ')}${perhaps}.`
    const failure = denied(what, ['Run the grant script below as an administrator of this server.'])
    return { verdict: { state: more.state, seen: what, detail, failure }, script }
  }
  if (toMove.length === 0)
    return { verdict: { state: 'ok', seen: `${account} may look and move`, detail, failure: null }, script }
  const what = `Enough to look, not to move: ${account} lacks ${toMove.join(', ')}${perhaps}.`
  const failure = denied(what, ['Nothing to look. To run: the grant script below, as an administrator of this server.'])
  return { verdict: { state: 'warn', seen: what, detail, failure }, script }
}
