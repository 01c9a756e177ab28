import { judgeGrants } from '../../src/main/mysql/needed-grants'
import { statementsFor } from '../../src/main/mysql/statements'
import type { Finding } from '../../src/shared/finding'
import { type Pair, preflightOf, sayAll } from './preflight-pair'
import { portReach } from './preflight-reach'

const user = 'runner'
const password = 'runner-pw-1'

/** An account with what the list calls needed to look and to run, and no more, says all that bridge, links and cutover say. */
export const runWithNeededRights = async (pair: Pair): Promise<Finding[]> => {
  const words = statementsFor(await pair.reach.capabilities('old-db'))
  const asAdmin = await pair.reach.session('old-db', 'observe')
  const known = (await asAdmin.query('SHOW PRIVILEGES')).map((row) => row.Privilege ?? '')
  const lacking = judgeGrants({ known, lines: [], account: `${user}@%` })
  const rights = [...lacking.missingToObserve, ...lacking.missingToRun].filter((name) => name !== 'GRANT OPTION')
  const ofRoot = { schema: 'shop', name: 'of_root', definer: 'root@localhost' }
  await sayAll(pair.root.old, [
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT ${rights.join(', ')} ON *.* TO '${user}'@'%' WITH GRANT OPTION`,
    "CREATE DEFINER = 'root'@'localhost' EVENT shop.of_root ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01' DO DO 0"
  ])
  const reach = portReach(pair.move, { ...pair.ports, 'old-db': { port: pair.old.port, user, password } })
  try {
    const session = await reach.openSession('old-db', 'operate', { packets: true })
    const other = await reach.openSession('old-db', 'other')
    const target = { sourceHost: '127.0.0.1', sourcePort: pair.new.port, user: 'nobody', password: 'x', channel: '' }
    const token = { position: pair.old.flavour === 'my97' ? '00000000-0000-0000-0000-000000000007:1' : '1-1-7000000' }
    const shop = { schema: 'shop', name: 'clean', definer: 'shop@%' }
    const before = [
      ...[words.showLinks(), words.showReplicas(), words.binlogStatus(), words.position(), words.openTransactions()],
      ...['XA RECOVER', ...words.portableHashes(), words.showCreateUser('root', 'localhost'), words.sessionBinlogOff()],
      ...[...words.createAccount('siteswap_try', '%', 'try-pw-1'), ...words.grantReplication('siteswap_try', '%')],
      ...[...words.ownSchema(), ...words.grantCanary('siteswap_try', '%'), words.heartbeat()],
      ...[...words.autoIncrement(2, 1), ...words.autoIncrement(1, 1), ...words.liveness(10)],
      ...[...words.configureLink(target, { kind: 'held' }), ...words.startLink(''), ...words.stopLink('')],
      ...[...words.resetLink(''), ...words.setReadOnly(true), ...words.persistReadOnly(true)],
      ...[...words.persistReadOnly(false), ...words.setReadOnly(false)],
      ...[shop, ofRoot].flatMap((event) => [words.disableEvent(event), words.enableEvent(event)]),
      ...[words.sessionBinlogOn(), words.claim(), words.kill(other.connectionId), ...words.hold(1, 3)]
    ]
    for (const statement of before) await session.query(statement)
    await session.packet(words.throwToken(token))
    await session.packet(words.arm(token, 1))
    const after = [words.dropAccount('siteswap_try', '%'), 'DROP DATABASE siteswap', 'FLUSH BINARY LOGS']
    for (const statement of [...words.unseal(), ...after]) await session.query(statement)
    await session.close()
    return await preflightOf({ reach, move: pair.move })
  } finally {
    await reach.close()
    await sayAll(pair.root.old, ['DROP EVENT shop.of_root', `DROP USER '${user}'@'%'`])
  }
}

/** An account that has all its rights through a role which is active when it signs in. */
export const askThroughRole = async (pair: Pair): Promise<Finding[]> => {
  const [role, toWhom] = pair.old.flavour === 'my97' ? ["'mover'@'%'", 'TO'] : ['mover', 'FOR']
  await sayAll(pair.root.old, [
    `CREATE ROLE ${role}`,
    `GRANT ALL PRIVILEGES ON *.* TO ${role} WITH GRANT OPTION`,
    `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT ${role} TO '${user}'@'%'`,
    `SET DEFAULT ROLE ${role} ${toWhom} '${user}'@'%'`
  ])
  const reach = portReach(pair.move, { ...pair.ports, 'old-db': { port: pair.old.port, user, password } })
  try {
    return await preflightOf({ reach, move: pair.move })
  } finally {
    await reach.close()
    await sayAll(pair.root.old, [`DROP USER '${user}'@'%'`, `DROP ROLE ${role}`])
  }
}
