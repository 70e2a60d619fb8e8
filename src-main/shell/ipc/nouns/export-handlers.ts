import { shell } from 'electron';
import { chooseExportPath } from '../../export-dialogs.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function exportHandlers({ exports, currentWindow }: HandlerContext): HandlersOf<'export'> {
  return {
    'export:choose': async (request) => {
      const path = await chooseExportPath(currentWindow(), request);
      return path === null ? null : exports.beginJobs(path, request);
    },
    'export:write': async ({ exportId, jobs }) => {
      await exports.write(exportId, jobs);
      return {};
    },
    'export:finish': ({ exportId }) => exports.finish(exportId),
    'export:cancel': async ({ exportId }) => {
      await exports.cancel(exportId);
      return {};
    },
    'export:reveal': async ({ exportId }) => {
      shell.showItemInFolder(exports.pathOf(exportId));
      return {};
    },
  };
}
