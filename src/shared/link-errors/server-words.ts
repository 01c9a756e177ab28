import type { Flavour, LinkWords } from '../server'

/** The family of the replica, by the words it is asked with. */
export const flavourOf = ({ asked }: LinkWords): Flavour => (/\bALL SLAVES\b/i.test(asked) ? 'mariadb' : 'mysql')

/** `CHANGE … TO` for this link: `modern` in the words of MySQL 8.0.23 and later, `older` in those of MySQL before and of MariaDB. */
export const changeLink = (words: LinkWords, modern: string, older: string): string => {
  const channel = /'(?:[^'\\]|''|\\.)*'/.exec(words.status)?.[0]
  if (flavourOf(words) === 'mariadb') return `CHANGE MASTER${channel ? ` ${channel}` : ''} TO ${older}`
  const onChannel = channel ? ` FOR CHANNEL ${channel}` : ''
  return /\bREPLICA\b/i.test(words.asked)
    ? `CHANGE REPLICATION SOURCE TO ${modern}${onChannel}`
    : `CHANGE MASTER TO ${older}${onChannel}`
}

/** `RESET` of this link that forgets its relay log and keeps where it leads. */
export const resetRelay = (words: LinkWords): string[] =>
  words.stop.map((statement) => statement.replace(/^STOP/i, 'RESET'))
