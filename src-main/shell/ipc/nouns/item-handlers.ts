/** The items of batches: before they run, while they do, and what came of them. */
import { previewItems } from '../../../adapters/items/preview-items.ts';
import { inspectOpenAiBatch } from '../../../adapters/openai-batch/inspect-openai-batch.ts';
import { chooseFile } from '../../dialogs.ts';
import { chooseItemExportPath } from '../../export-dialogs.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function itemHandlers({
  workspace,
  exports,
  currentWindow,
}: HandlerContext): HandlersOf<'item' | 'file' | 'openai-batch'> {
  const { items, itemSource } = workspace;
  return {
    'item:page': async ({ jobId, status, after, limit }) => {
      const page = items.page(jobId, status, after, limit);
      const last = page.at(-1)?.index;
      // A page that is not full may have ended because its items are long, so the next one is asked for.
      const isLast = last === undefined || items.page(jobId, status, last, 1).length === 0;
      return { items: page, next: isLast ? null : last, counts: items.counts(jobId) };
    },
    'item:preview': ({ items: source, limit }) => previewItems(itemSource, source, limit),
    'item:export': async (request) => {
      const path = await chooseItemExportPath(currentWindow(), request);
      return path === null ? null : exports.beginItems(path, request);
    },
    'file:choose': async ({ what }) => {
      const path = await chooseFile(currentWindow(), what);
      return path === null ? null : { path };
    },
    'openai-batch:inspect': ({ path }) => inspectOpenAiBatch(path),
  };
}
