import { literalPath } from '../../ssh/config-value'
import { bridgeFiles, type LinkFacts } from './link-facts'
import { hostAndPort } from './shell'

type CommandFacts = Pick<LinkFacts, 'bridge' | 'directory' | 'sshProgram' | 'old' | 'new'>

/**
 * The words of the one ssh process that carries both directions (ssh(1), ssh_config(5)). No configuration file, no agent
 * and no other key can change where it leads; 3 unanswered questions 5 s apart end it, and its supervisor starts it again.
 */
export const bridgeCommand = (facts: CommandFacts): string[] => {
  const { bridge } = facts
  const files = bridgeFiles(facts.directory)
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${literalPath(files.knownHosts)}`,
    'GlobalKnownHostsFile=/dev/null',
    `IdentityFile=${literalPath(files.key)}`,
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'ConnectTimeout=10',
    'ExitOnForwardFailure=yes',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3'
  ]
  const { oldAt, newAt } = bridge
  const oldDatabase = hostAndPort(facts.old.database.host, facts.old.database.port)
  const newDatabase = hostAndPort(facts.new.database.host, facts.new.database.port)
  return [
    facts.sshProgram,
    '-N',
    '-T',
    '-F',
    'none',
    ...options.flatMap((option) => ['-o', option]),
    '-p',
    String(bridge.sshPort),
    '-L',
    `${hostAndPort(oldAt.host, oldAt.port)}:${oldDatabase}`,
    '-R',
    `${hostAndPort(newAt.host, newAt.port)}:${newDatabase}`,
    '-l',
    bridge.user,
    bridge.sshHost
  ]
}

/** What the key may do on the old host: open one connection to the database and listen on one port. No shell, no command. */
export const authorizedEntry = (facts: Pick<LinkFacts, 'bridge' | 'old'>, publicKey: string): string => {
  const { newAt } = facts.bridge
  const opens = hostAndPort(facts.old.database.host, facts.old.database.port)
  return `restrict,port-forwarding,permitopen="${opens}",permitlisten="${hostAndPort(newAt.host, newAt.port)}" ${publicKey}`
}
