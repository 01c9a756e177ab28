import { describe, expect, it } from 'vitest'
import { nativeHash } from '../../src/main/mysql/native-hash'
import { statementsFor } from '../../src/main/mysql/statements'
import { replicationSecret, secretPlaceholder } from '../../src/shared/secret'
import { capabilities } from '../scenarios/preflight/healthy'

describe('a password in the binary log', () => {
  it('is there as the server’s own hash: the vector of its manual', () => {
    expect(nativeHash('password')).toBe('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19')
  })

  it('is never in the statements that make MariaDB’s accounts', () => {
    const say = statementsFor(capabilities('new', 'mariadb'))
    expect(say.createAccount('siteswap_repl', '127.0.0.1', secretPlaceholder(replicationSecret))).toEqual([
      "CREATE USER IF NOT EXISTS 'siteswap_repl'@'127.0.0.1' IDENTIFIED BY PASSWORD '‹secret-hash:made/replication›'",
      "ALTER USER 'siteswap_repl'@'127.0.0.1' IDENTIFIED BY PASSWORD '‹secret-hash:made/replication›'"
    ])
  })
})
