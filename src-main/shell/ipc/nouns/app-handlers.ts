import { availableParallelism, homedir } from 'node:os';
import { app } from 'electron';
import { createDiskSpace } from '../../../adapters/system/disk-space.ts';
import { requireFreeRoom } from '../../../adapters/system/free-room.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function appHandlers({ workspace }: HandlerContext): HandlersOf<'app'> {
  // The window's profile, which holds the history, is beside it.
  const { freeBytes } = createDiskSpace(workspace.dataDirectory);
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
    'app:room': async () => {
      await requireFreeRoom(freeBytes, 'on the disk that holds the history', 'make room there and try again');
      return {};
    },
  };
}
