/** `Menu`, `MenuItem` and `Tray`: never drawn. A spec finds an item and clicks it. */
import { preventable, Strict, StrictEmitter, strictStatics } from '../strict.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';

export type MenuItemKeys =
  | 'accelerator'
  | 'checked'
  | 'click'
  | 'enabled'
  | 'id'
  | 'label'
  | 'role'
  | 'submenu'
  | 'type'
  | 'visible';
export type MenuKeys = 'append' | 'closePopup' | 'getMenuItemById' | 'items' | 'popup';
export type TrayKeys = 'destroy' | 'isDestroyed' | 'setContextMenu' | 'setImage' | 'setTitle' | 'setToolTip';

type Template = Electron.MenuItemConstructorOptions;

/** What an item does that has a role and no `click`. Roles that need a menu bar do nothing. */
const ROLES: Partial<Record<string, (window: BrowserWindow | null) => void>> = {
  quit: () => app.quit(),
  close: (window) => window?.close(),
  minimize: (window) => window?.minimize(),
  reload: (window) => window?.webContents.reload(),
};

export class MenuItem extends Strict {
  readonly id: string;
  label: string;
  readonly role: Template['role'];
  readonly type: NonNullable<Template['type']>;
  readonly accelerator: string | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly submenu: Menu | undefined;
  readonly click: () => void;

  constructor(template: Template) {
    super();
    const { id = '', role, label = role ?? '', type = template.submenu ? 'submenu' : 'normal' } = template;
    this.id = id;
    this.role = role;
    this.label = label;
    this.type = type;
    this.accelerator = template.accelerator;
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.submenu = Array.isArray(template.submenu) ? Menu.buildFromTemplate(template.submenu) : undefined;
    this.click = () => {
      const window = BrowserWindow.getFocusedWindow();
      if (template.click) template.click(this as never, window as never, {});
      else ROLES[role ?? '']?.(window);
    };
  }
}

let applicationMenu: Menu | null = null;

export class Menu extends StrictEmitter {
  protected readonly events = ['menu-will-close', 'menu-will-show'];
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (Template | Electron.MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(new MenuItem(item as Template));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const found = item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  popup(): void {
    this.emit('menu-will-show', preventable({}));
  }
  closePopup(): void {
    this.emit('menu-will-close', preventable({}));
  }
}
strictStatics(MenuItem);
strictStatics(Menu);

export class Tray extends StrictEmitter {
  protected readonly events = ['balloon-click', 'click', 'double-click', 'right-click'];
  contextMenu: Menu | null = null;
  private destroyed = false;

  setContextMenu(menu: Menu | null): void {
    this.contextMenu = menu;
  }
  setImage(): void {}
  setTitle(): void {}
  setToolTip(): void {}
  destroy(): void {
    this.destroyed = true;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}
