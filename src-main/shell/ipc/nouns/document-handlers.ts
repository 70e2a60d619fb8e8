import { chooseImportPaths, chooseReportPath } from '../../dialogs.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

/** What the JSON editor's text is called where a file's name would stand. */
const EDITOR_TEXT = 'document';

export function documentHandlers({
  imports,
  currentWindow,
}: HandlerContext): HandlersOf<'document' | 'import'> {
  return {
    'document:check': async ({ text }) => ({
      documents: await imports.checkText(EDITOR_TEXT, text),
    }),

    'import:choose': async ({ what }) => {
      const paths = await chooseImportPaths(currentWindow(), what);
      return paths === null ? null : imports.openImport(paths);
    },
    'import:open': ({ paths }) => imports.openImport(paths),
    'import:text': ({ name, text }) => imports.importText(name, text),
    'import:progress': ({ importId }) => imports.progress(importId),
    'import:page': (request) => imports.readPage(request),
    'import:outcomes': async (request) => {
      await imports.tellOutcomes(request);
      return {};
    },
    'import:report': async ({ importId, refused }) => {
      const path = await chooseReportPath(currentWindow());
      return path === null ? null : { path, count: await imports.writeReport(importId, refused, path) };
    },
    'import:close': async ({ importId }) => {
      await imports.close(importId);
      return {};
    },
  };
}
