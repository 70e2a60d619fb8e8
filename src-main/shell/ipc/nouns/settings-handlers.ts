import { nativeTheme } from 'electron';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function settingsHandlers({ workspace, settingsChanged }: HandlerContext): HandlersOf<'settings'> {
  return {
    'settings:read': async () => workspace.readSettings(),
    'settings:write': async (patch) => {
      const settings = workspace.writeSettings(patch);
      nativeTheme.themeSource = settings.theme; // the frame, the dialogs and the page's prefers-color-scheme
      settingsChanged();
      return settings;
    },
  };
}
