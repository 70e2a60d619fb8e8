/// <reference types="electron" />
/**
 * The part of Electron's types that the stand-in has: Electron's own, narrowed to the members that are there.
 * Where one narrowed type leads to another, the way is narrowed as well.
 */
import type { AppKeys, CommandLineKeys } from './api/app.ts';
import type { BrowserWindowKeys } from './api/browser-window.ts';
import type { IpcMainKeys } from './api/ipc-main.ts';
import type { MenuItemKeys, MenuKeys, TrayKeys } from './api/menu.ts';
import type { NativeImageKeys } from './api/native-image.ts';
import type { NotificationKeys } from './api/notification.ts';
import type { ProtocolKeys, SessionKeys, WebRequestKeys } from './api/session.ts';
import type { UtilityProcessKeys } from './api/utility-process.ts';
import type { WebContentsKeys } from './api/web-contents.ts';
import type { WebFrameMainKeys } from './api/web-frame-main.ts';
import type { EmitterKeys } from './strict.ts';

/** `Keys` of `T` and its events, with `Changes` where a member leads to another narrowed type. */
export type WithEvents<
  T extends Record<EmitterKeys, unknown>,
  Keys extends keyof T,
  Changes = object,
> = Narrowed<T, Keys | EmitterKeys, Changes>;
type Narrowed<T, Keys extends keyof T, Changes> = Omit<Pick<T, Keys>, keyof Changes> & Changes;

export type BrowserWindowConstructorOptions = Electron.BrowserWindowConstructorOptions;
export type Event<Params extends object = object> = Electron.Event<Params>;
export type FileFilter = Electron.FileFilter;
export type HandlerDetails = Electron.HandlerDetails;
export type Input = Electron.Input;
export type MenuItemConstructorOptions = Electron.MenuItemConstructorOptions;
export type MessageBoxOptions = Electron.MessageBoxOptions;
export type MessageBoxReturnValue = Electron.MessageBoxReturnValue;
export type NotificationConstructorOptions = Electron.NotificationConstructorOptions;
export type OpenDialogOptions = Electron.OpenDialogOptions;
export type OpenDialogReturnValue = Electron.OpenDialogReturnValue;
export type Rectangle = Electron.Rectangle;
export type SaveDialogOptions = Electron.SaveDialogOptions;
export type SaveDialogReturnValue = Electron.SaveDialogReturnValue;
export type WebPreferences = Electron.WebPreferences;

export type CommandLine = Pick<Electron.CommandLine, CommandLineKeys>;
export type App = WithEvents<Electron.App, AppKeys, { readonly commandLine: CommandLine }>;
export type Protocol = Pick<Electron.Protocol, ProtocolKeys>;
export type WebRequest = Pick<Electron.WebRequest, WebRequestKeys>;
export type Session = WithEvents<
  Electron.Session,
  SessionKeys,
  { readonly protocol: Protocol; readonly webRequest: WebRequest }
>;
export type NativeImage = Narrowed<Electron.NativeImage, NativeImageKeys, { resize: () => NativeImage }>;
export type WebFrameMain = Pick<Electron.WebFrameMain, WebFrameMainKeys> & {
  readonly parent: WebFrameMain | null;
  readonly top: WebFrameMain | null;
};
export type WebContents = WithEvents<
  Electron.WebContents,
  WebContentsKeys,
  {
    readonly mainFrame: WebFrameMain;
    readonly session: Session;
    capturePage: () => Promise<NativeImage>;
  }
>;
export type BrowserWindow = WithEvents<
  Electron.BrowserWindow,
  BrowserWindowKeys,
  { readonly webContents: WebContents }
>;

interface MessageEvent {
  sender: WebContents;
  senderFrame: WebFrameMain | null;
}
export type IpcMainInvokeEvent = Narrowed<
  Electron.IpcMainInvokeEvent,
  'frameId' | 'processId' | 'type' | 'sender' | 'senderFrame',
  MessageEvent
>;
export type IpcMainEvent = IpcMainInvokeEvent;
type MessageListener = (event: IpcMainInvokeEvent, ...args: never[]) => unknown;
export type IpcMain = Narrowed<
  Electron.IpcMain,
  IpcMainKeys,
  Record<'handle' | 'handleOnce', (channel: string, listener: MessageListener) => void> &
    Record<'off' | 'on' | 'once' | 'removeListener', (channel: string, listener: MessageListener) => IpcMain>
>;

/** A dialog takes the window it belongs to, or none. */
type Ask<Options, Answer> = (...args: [Options] | [BrowserWindow, Options]) => Promise<Answer>;
export interface Dialog {
  showErrorBox(title: string, content: string): void;
  showMessageBox: Ask<MessageBoxOptions, MessageBoxReturnValue>;
  showOpenDialog: Ask<OpenDialogOptions, OpenDialogReturnValue>;
  showSaveDialog: Ask<SaveDialogOptions, SaveDialogReturnValue>;
}

export type MenuItem = Narrowed<Electron.MenuItem, MenuItemKeys, { submenu?: Menu }>;
export type Menu = WithEvents<
  Electron.Menu,
  MenuKeys,
  {
    items: MenuItem[];
    append: (item: MenuItem) => void;
    getMenuItemById: (id: string) => MenuItem | null;
    popup: (options?: { window?: BrowserWindow }) => void;
    closePopup: (window?: BrowserWindow) => void;
  }
>;
export type Notification = WithEvents<Electron.Notification, NotificationKeys>;
export type Tray = WithEvents<
  Electron.Tray,
  TrayKeys,
  { setContextMenu: (menu: Menu | null) => void; setImage: (image: NativeImage | string) => void }
>;
export type UtilityProcess = WithEvents<Electron.UtilityProcess, UtilityProcessKeys>;
