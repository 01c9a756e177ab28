import { basename } from 'node:path'

interface Word {
  /** Which files the word is looked for in. */
  where: RegExp
  except?: RegExp
  pattern: RegExp
  instead: string
}

// What a server itself calls its variables and privileges is quoted as it is, and `co-masters` is what people call that arrangement, as is an option of ssh; everything else is said in our own words.
const serverNames =
  /(?<![\w])(co-masters?|--master-data|ControlMaster|REPLICATION (SLAVE|MASTER)( ADMIN)?|\w+_(slave|master)(_\w+)?|(slave|master)_\w+)\b/gi

// Where the servers' own language is read, coloured or shown as an example.
const serverLanguage =
  /^src\/(main\/mysql\/|renderer\/gallery\/|renderer\/parts\/sql-tokens\.ts|shared\/link-errors\/server-words\.ts)/

// Spelled in pieces: this file is looked at too.
const empty = ['Mana' + 'ger', 'Hel' + 'per', 'Uti' + 'ls'].join('|')
// A checkout's own folder at the top of the file system, as build machines have it.
const machine = /(?<![\w./~-])\/work\/\w/g

const words: Word[] = [
  {
    where: /^src\//,
    except: serverLanguage,
    pattern: /slave|master/gi,
    instead: 'source and replica, or active and passive; server words are translated in src/main/mysql'
  },
  { where: /^src\//, except: serverLanguage, pattern: /fail-?over/gi, instead: 'cutover' },
  { where: /^src\//, except: serverLanguage, pattern: /fail-?back/gi, instead: 'reverse' },
  {
    where: /^(src|test|scripts)\/.*\.(tsx?|mjs)$/,
    pattern: new RegExp(`\\b(const|let|var|function|class|interface|type|enum)\\s+\\w*(${empty})\\b`, 'g'),
    instead: 'a name that says what it does'
  },
  { where: /./, pattern: machine, instead: 'no path of one machine' }
]

/** What a file's name and text say outside the vocabulary: `file:line what, and what to say instead`. */
export const wordViolations = (path: string, text: string): string[] => {
  const found: string[] = []
  if (new RegExp(`(${empty})`, 'i').test(basename(path))) found.push(`${path}:1 an empty word in the file's name`)
  text.split('\n').forEach((line, index) => {
    for (const word of words) {
      if (!word.where.test(path) || word.except?.test(path)) continue
      const own = line.replace(serverNames, '')
      for (const match of own.matchAll(word.pattern)) {
        found.push(`${path}:${index + 1} "${match[0]}": ${word.instead}`)
      }
    }
  })
  return found
}
