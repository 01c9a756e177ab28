import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeImport } from '../../src/main/engine/take-import'
import { makeImports } from '../../src/main/import/make-imports'
import { makeSecrets } from '../../src/main/store/secrets'
import { failureFrom } from '../servers/own/failure-of'

describe('taking a password from another program', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'siteswap-take-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('carries it to the secrets of the server and tells only where it lies', async () => {
    writeFileSync(join(dir, '.my.cnf'), '[client]\nhost=db1\nuser=a\npassword=carried-secret\n[bare]\nhost=db2\n')
    const imports = makeImports({ home: dir, platform: 'linux', environment: {} })
    const fork = () => {
      throw new Error('the keychain is not asked')
    }
    const secrets = makeSecrets({ dir, fork, environment: {} })
    const { entries } = await imports.list(null)
    const [client = '', bare = ''] = entries.map(({ id }) => id)
    const to = { moveId: 'm', serverId: 'db1', keep: 'session' as const }
    const answer = await takeImport(imports, secrets, { ...to, entry: client })
    expect(answer).toEqual({ kind: 'kept', where: 'session' })
    expect(await secrets.get('m', 'db/db1')).toBe('carried-secret')
    expect((await failureFrom(takeImport(imports, secrets, { ...to, entry: bare }))).kind).toBe('secret-missing')
    secrets.close()
  })
})
