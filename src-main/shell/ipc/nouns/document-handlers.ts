import { checkText } from '../../../adapters/documents/import-session.ts';
import { SYSTEM_CLOCK } from '../../../adapters/system-clock.ts';
import { chooseExportPath, chooseImportPaths } from '../../dialogs.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

/** What the JSON editor's text is called where a file's name would stand. */
const EDITOR_TEXT = 'document';

export function documentHandlers({
  imports,
  exports,
  currentWindow,
}: HandlerContext): HandlersOf<'document' | 'import' | 'export'> {
  return {
    'document:check': async ({ text }) => ({
      documents: await checkText(EDITOR_TEXT, text, SYSTEM_CLOCK.now),
    }),

    'import:choose': async () => {
      const paths = await chooseImportPaths(currentWindow());
      return paths === null ? null : imports.openImport(paths);
    },
    'import:open': ({ paths }) => imports.openImport(paths),
    'import:text': ({ name, text }) => imports.importText(name, text),
    'import:page': ({ importId, after, limit }) => imports.readPage(importId, after, limit),
    'import:close': async ({ importId }) => {
      imports.close(importId);
      return {};
    },

    'export:choose': async (request) => {
      const path = await chooseExportPath(currentWindow(), request);
      return path === null ? null : { exportId: await exports.begin(path, request.format), path };
    },
    'export:write': async ({ exportId, jobs }) => {
      await exports.find(exportId).write(jobs);
      return {};
    },
    'export:finish': async ({ exportId }) => {
      const file = exports.find(exportId);
      exports.drop(exportId);
      return file.finish();
    },
    'export:cancel': async ({ exportId }) => {
      const file = exports.find(exportId);
      exports.drop(exportId);
      await file.cancel();
      return {};
    },
  };
}
