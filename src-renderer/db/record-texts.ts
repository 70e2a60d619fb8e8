/** The texts of a record that a search for words looks at, field by field, whole. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { nameOf, titleOf } from './job-title.ts';

/** In the order in which what the index has left over is given to them. */
export const TEXT_FIELDS = ['titles', 'tags', 'error', 'callback', 'notes', 'metadata'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export function textsOf(job: BatchJob, field: TextField): Iterable<string> {
  const jobdeck = jobdeckOf(job);
  switch (field) {
    case 'titles':
      return [nameOf(job), titleOf(job)];
    case 'tags':
      return jobdeck?.tags ?? [];
    case 'error':
      return [jobdeck?.error?.message ?? ''];
    case 'callback':
      return [job.callback_error ?? ''];
    case 'notes':
      return [jobdeck?.notes ?? ''];
    case 'metadata':
      return metadataTexts(job);
  }
}

/** The strings and numbers of the metadata that is not Jobdeck's own, and of what came with an import. */
function* metadataTexts({ metadata }: BatchJob): Generator<string> {
  const { jobdeck, ...others } = metadata ?? {};
  // The next one is the last: so they come in their order, however deep they are.
  const left: unknown[] = [jobdeck?.imported, others];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') yield value;
    else if (typeof value === 'number') yield String(value);
    else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value).reverse()) left.push(part);
    }
  }
}
