import { availableParallelism, homedir } from 'node:os';
import { app } from 'electron';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function appHandlers({ workspace }: HandlerContext): HandlersOf<'app'> {
  return {
    'app:info': async () => ({
      name: app.getName(),
      version: app.getVersion(),
      platform: process.platform,
      runtime: `Electron ${process.versions.electron}`,
      profileId: workspace.profileId,
      dataDirectory: workspace.dataDirectory,
      homeDirectory: homedir(),
      cpuCount: availableParallelism(),
    }),
  };
}
