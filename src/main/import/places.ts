import { posix, win32 } from 'node:path'

/** What tells where other programs keep their files. */
export interface ImportEnvironment {
  home: string
  platform: string
  environment: Record<string, string | undefined>
}

/** The files and folders that are looked at. */
export interface ImportPlaces {
  optionFiles: string[]
  loginPathFile: string
  /** DBeaver's workspaces: each holds projects, each of them `.dbeaver/data-sources*.json`. */
  dbeaverWorkspaces: string[]
  workbenchFile: string
}

/** Where MySQL's clients, DBeaver and MySQL Workbench keep connections on this system. */
export const importPlaces = ({ home, platform, environment }: ImportEnvironment): ImportPlaces => {
  const { join } = platform === 'win32' ? win32 : posix
  const appData = environment.APPDATA ?? join(home, 'AppData', 'Roaming')
  const loginPathFile =
    environment.MYSQL_TEST_LOGIN_FILE ??
    (platform === 'win32' ? join(appData, 'MySQL', '.mylogin.cnf') : join(home, '.mylogin.cnf'))
  const workspace = (...base: string[]) => join(...base, 'DBeaverData', 'workspace6')
  if (platform === 'win32')
    return {
      optionFiles: [join(home, '.my.cnf')],
      loginPathFile,
      dbeaverWorkspaces: [workspace(appData)],
      workbenchFile: join(appData, 'MySQL', 'Workbench', 'connections.xml')
    }
  if (platform === 'darwin')
    return {
      optionFiles: [join(home, '.my.cnf')],
      loginPathFile,
      dbeaverWorkspaces: [workspace(home, 'Library')],
      workbenchFile: join(home, 'Library', 'Application Support', 'MySQL', 'Workbench', 'connections.xml')
    }
  return {
    optionFiles: [join(home, '.my.cnf')],
    loginPathFile,
    dbeaverWorkspaces: [
      workspace(environment.XDG_DATA_HOME ?? join(home, '.local', 'share')),
      workspace(home, 'snap', 'dbeaver-ce', 'current', '.local', 'share'),
      workspace(home, '.var', 'app', 'io.dbeaver.DBeaverCommunity', 'data')
    ],
    workbenchFile: join(home, '.mysql', 'workbench', 'connections.xml')
  }
}
