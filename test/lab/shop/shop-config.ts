import { readFileSync } from 'node:fs'

/** The shop's configuration, as its operator would keep it: `key=value` lines. */
export interface ShopConfig {
  dbHost: string
  dbPort: number
  dbUser: string
  dbPassword: string
  dbName: string
  listenHost: string
  listenPort: number
  serverName: string
}

export function readShopConfig(path: string): ShopConfig {
  const values = new Map<string, string>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const match = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (match) values.set(match[1] ?? '', match[2] ?? '')
  }
  const word = (key: string): string => {
    const value = values.get(key)
    if (value === undefined) throw new Error(`${path} has no ${key}`)
    return value
  }
  return {
    dbHost: word('db_host'),
    dbPort: Number(word('db_port')),
    dbUser: word('db_user'),
    dbPassword: word('db_password'),
    dbName: word('db_name'),
    listenHost: word('listen_host'),
    listenPort: Number(word('listen_port')),
    serverName: word('server_name')
  }
}

/** The text of a configuration file. */
export const shopConfigText = (
  config: ShopConfig
): string => `# shop: where the database is, and where this server listens
# after a change: kill -HUP $(cat shop.pid)
db_host=${config.dbHost}
db_port=${config.dbPort}
db_user=${config.dbUser}
db_password=${config.dbPassword}
db_name=${config.dbName}
listen_host=${config.listenHost}
listen_port=${config.listenPort}
server_name=${config.serverName}
`
