/** Numbers from 0 to 1, the same for the same seed. */
export const seeded = (seed: number) => (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
  return seed / 4_294_967_296
}

type Random = () => number
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

const names = ['db1', 'db2', 'web.example.com', 'gw', 'real1', 'real2']
const patterns = ['db*', '*', 'db?', '*.example.com', '!db1', '!*.com', 'real*', ...names]
const users = ['deploy', 'root', 'me', 'other']

const options: ((random: Random) => string)[] = [
  (random) => `HostName ${pick(random, ['real1', '%h.int', 'real2', '10.0.0.5'])}`,
  (random) => `User ${pick(random, users)}`,
  (random) => `Port ${2200 + Math.floor(random() * 9)}`,
  (random) => `IdentityFile ${pick(random, ['~/.ssh/a', '/k/b', '"/k/c d"', 'none', '/k/e'])}`,
  (random) => `IdentitiesOnly ${pick(random, ['yes', 'no'])}`,
  (random) => `ProxyJump ${pick(random, ['gw', 'a@gw:2222', 'x,y', 'none'])}`,
  (random) => `ProxyCommand ${pick(random, ['none', 'nc %h %p'])}`,
  (random) => `HostKeyAlias ${pick(random, ['Alias', 'other'])}`,
  (random) => `UserKnownHostsFile ${pick(random, ['~/.ssh/k1 /k2', '"/k 3"', 'none'])}`,
  (random) => `ConnectTimeout ${pick(random, ['5', '1m', 'none'])}`,
  (random) => `ServerAliveInterval ${pick(random, ['10', '1m5s'])}`,
  (random) => `ServerAliveCountMax ${pick(random, ['2', '9'])}`,
  (random) => `StrictHostKeyChecking ${pick(random, ['yes', 'ask', 'accept-new'])}`,
  (random) => `PasswordAuthentication ${pick(random, ['yes', 'no'])}`,
  () => '# a comment',
  () => ''
]

const list = (random: Random, from: readonly string[]): string =>
  Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(random, from)).join(',')

const criterion = (random: Random): string => {
  const negated = random() < 0.2 ? '!' : ''
  switch (Math.floor(random() * 5)) {
    case 0:
      return `${negated}host ${list(random, patterns)}`
    case 1:
      return `${negated}originalhost ${list(random, patterns)}`
    case 2:
      return `${negated}user ${list(random, [...users, 'r*', '!me'])}`
    case 3:
      return `${negated}localuser ${list(random, users)}`
    default:
      return `${negated}${pick(random, ['final', 'canonical'])}`
  }
}

const head = (random: Random): string => {
  if (random() < 0.6)
    return `Host ${Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, patterns)).join(' ')}`
  if (random() < 0.15) return 'Match all'
  return `Match ${Array.from({ length: 1 + Math.floor(random() * 2) }, () => criterion(random)).join(' ')}`
}

/** A config of some blocks, as likely to match as not. */
export const randomConfig = (random: Random): string => {
  const lines: string[] = []
  const put = (indent: string) => {
    for (let count = Math.floor(random() * 4); count > 0; count--)
      lines.push(`${indent}${pick(random, options)(random)}`)
  }
  if (random() < 0.3) put('')
  for (let blocks = 2 + Math.floor(random() * 4); blocks > 0; blocks--) {
    lines.push(head(random))
    put(pick(random, ['  ', '\t', '']))
  }
  return `${lines.join('\n')}\n`
}
