import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Runs the openssl program. */
export const openssl = (...argv: string[]) => execFileSync('openssl', argv, { stdio: 'pipe' })
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

const openSslTime = (date: Date): string => `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

const authorityConfig = (dir: string, index: string): string =>
  [
    '[ca]',
    'default_ca=own',
    '[own]',
    `database=${index}`,
    `new_certs_dir=${dir}`,
    'default_md=sha256',
    'policy=any',
    'unique_subject=no',
    'rand_serial=yes',
    '[any]',
    'commonName=supplied',
    ''
  ].join('\n')

/** A certificate authority of a test, in a folder of the test. */
export interface Authority {
  path: string
  /** Signs a certificate for a DNS name and answers the paths of the two PEM files. `ends`: by default in two days; `names`: what it is for instead, as `IP:127.0.0.1,DNS:db`. */
  sign(name: string, options?: { ends?: Date; names?: string }): { cert: string; key: string }
}

/** Makes an authority called `name`. */
export const makeAuthority = (dir: string, name: string): Authority => {
  const at = (file: string) => join(dir, `${name}-${file}`)
  const own = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '2', '-subj', `/O=Siteswap test/CN=${name}`]
  openssl('req', '-x509', ...newKey, ...own)
  writeFileSync(at('index'), '')
  writeFileSync(at('ca.cnf'), authorityConfig(dir, at('index')))
  let serial = 0
  return {
    path: at('ca.pem'),
    sign: (subject, { ends = new Date(Date.now() + 2 * 86_400_000), names = `DNS:${subject}` } = {}) => {
      serial++
      const file = (ending: string) => at(`${subject}-${serial}.${ending}`)
      openssl('req', ...newKey, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${subject}`)
      writeFileSync(file('ext'), `subjectAltName=${names}\n`)
      const by = ['-config', at('ca.cnf'), '-cert', at('ca.pem'), '-keyfile', at('ca.key')]
      const files = ['-in', file('csr'), '-out', file('pem'), '-extfile', file('ext')]
      openssl('ca', '-batch', '-notext', ...by, ...files, '-enddate', openSslTime(ends))
      return { cert: file('pem'), key: file('key') }
    }
  }
}
