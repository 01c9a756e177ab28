import { describe, expect, it } from 'vitest'
import type { Capabilities } from '../../src/main/mysql/capabilities'
import { statementsFor } from '../../src/main/mysql/statements'
import { capabilities } from '../scenarios/preflight/healthy'

const mysql = (more: Partial<Capabilities> = {}) => statementsFor({ ...capabilities('new', 'mysql'), ...more })
const mariadb = statementsFor(capabilities('new', 'mariadb'))

describe('statements about one link', () => {
  it('say replica where the server knows the word', () => {
    expect(mysql().startLink('')).toEqual(["START REPLICA FOR CHANNEL ''"])
    expect(mysql({ replicaWords: false }).stopLink('siteswap')).toEqual(["STOP SLAVE FOR CHANNEL 'siteswap'"])
  })

  it('name no channel where the server has none', () => {
    expect(mysql({ replicaWords: false, channels: false }).showLink('')).toBe('SHOW SLAVE STATUS')
  })

  it('name a connection of MariaDB, and the default one by nothing', () => {
    expect(mariadb.showLink('siteswap')).toBe("SHOW SLAVE 'siteswap' STATUS")
    expect(mariadb.startLink('siteswap')).toEqual(["START SLAVE 'siteswap'"])
    expect(mariadb.stopLink('')).toEqual(['STOP SLAVE'])
  })

  it('quote names', () => {
    expect(mysql().showLink("o'x")).toBe("SHOW REPLICA STATUS FOR CHANNEL 'o''x'")
  })
})
