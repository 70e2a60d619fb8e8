/// <reference types="electron" />
/** What `electron` is to a preload, as types: `preload-world.ts` makes it. */
export declare const contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
export declare const ipcRenderer: Pick<
  Electron.IpcRenderer,
  'addListener' | 'invoke' | 'off' | 'on' | 'removeListener' | 'send'
>;
export declare const webUtils: Pick<Electron.WebUtils, 'getPathForFile'>;
export type IpcRendererEvent = Electron.IpcRendererEvent;
