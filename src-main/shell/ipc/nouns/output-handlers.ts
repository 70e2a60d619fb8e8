import { shell } from 'electron';
import { AppError } from '#shared/app-error.ts';
import { createOutputSearch } from '../../../adapters/output/search-output.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function outputHandlers({ workspace }: HandlerContext): HandlersOf<'output'> {
  const outputs = createOutputSearch(workspace.dataDirectory, { now: () => performance.now() });
  return {
    'output:read': (request) => workspace.readOutput(request),
    'output:reveal': async (ref) => {
      const path = await workspace.outputPath(ref);
      if (path === null) {
        throw new AppError(
          'not-found',
          `There is no ${ref.stream} of attempt ${ref.attempt} of ${ref.jobId}: it wrote none, or it was deleted.`,
        );
      }
      shell.showItemInFolder(path);
      return {};
    },
    'output:search': (request) => outputs.search(request),
    'output:stop-search': async ({ searchId }) => {
      outputs.stop(searchId);
      return {};
    },
  };
}
