import { type App, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/channels.ts';

type Item = MenuItemConstructorOptions;
const LINE: Item = { type: 'separator' };

export interface MenuActions {
  /** A command for the page; the window is opened where it is closed. */
  choose: (command: MenuCommand) => void;
  quit: () => void;
}

/** The application menu as data. The page has the same shortcuts on its own where a menu bar is hidden. */
export function menuTemplate(platform: NodeJS.Platform, appName: string, actions: MenuActions): Item[] {
  const isMac = platform === 'darwin';
  const command = (label: string, accelerator: string, name: MenuCommand): Item => ({
    label,
    accelerator,
    click: () => actions.choose(name),
  });
  const settings = command('Settings…', 'CmdOrCtrl+,', 'settings');
  const about: Item = { role: 'about', label: `About ${appName}` };
  const quit: Item = {
    label: isMac ? `Quit ${appName}` : 'Quit',
    accelerator: 'CmdOrCtrl+Q',
    click: () => actions.quit(),
  };

  const macApp: Item = {
    label: appName,
    submenu: [
      about,
      LINE,
      settings,
      LINE,
      { role: 'services' },
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      quit,
    ],
  };
  const file: Item = {
    label: '&File',
    submenu: [
      command('New job', 'CmdOrCtrl+N', 'new-job'),
      LINE,
      command('Import…', 'CmdOrCtrl+O', 'import'),
      command('Export…', 'CmdOrCtrl+E', 'export'),
      LINE,
      ...(isMac ? [] : [settings, LINE]),
      { role: 'close', label: 'Close window' },
      ...(isMac ? [] : [quit]),
    ],
  };
  const edit: Item = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      LINE,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { role: 'selectAll' },
      LINE,
      command('Find', 'CmdOrCtrl+F', 'find'),
    ],
  };
  const view: Item = {
    label: '&View',
    submenu: [
      { role: 'reload' },
      { role: 'toggleDevTools' },
      LINE,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      LINE,
      { role: 'togglefullscreen' },
    ],
  };
  const help: Item = {
    role: 'help',
    submenu: [command('Keyboard shortcuts', 'CmdOrCtrl+/', 'shortcuts'), ...(isMac ? [] : [LINE, about])],
  };
  return [...(isMac ? [macApp] : []), file, edit, view, { role: 'windowMenu' }, help];
}

export function installMenu(app: App, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.getName(), actions)));
}
