import type { BrowserWindow } from 'electron';
import type { Imports } from '../../adapters/documents/import-session.ts';
import type { Exports } from '../../adapters/export/export-session.ts';
import type { Receiver } from '../../adapters/receiver/receiver.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';

/** What the handlers work with. */
export interface HandlerContext {
  workspace: Workspace;
  /** For trying callbacks out. */
  receiver: Receiver;
  imports: Imports;
  exports: Exports;
  /** Told after a change of the settings is kept. */
  settingsChanged: () => void;
  /** The window a dialog belongs to. */
  currentWindow: () => BrowserWindow | null;
}
