import { Menu, type MenuItemConstructorOptions } from 'electron'

/** The system's menu holds only what the system expects; the commands of the product are in its own palette. */
export const setMenu = (platform: NodeJS.Platform, packaged: boolean): void => {
  const edit: MenuItemConstructorOptions = { role: 'editMenu' }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { role: 'togglefullscreen' },
      ...(packaged ? [] : [{ role: 'toggleDevTools' } as const])
    ]
  }
  const items =
    platform === 'darwin' ? [{ role: 'appMenu' } as const, edit, view, { role: 'windowMenu' } as const] : [edit, view]
  Menu.setApplicationMenu(Menu.buildFromTemplate(items))
}
