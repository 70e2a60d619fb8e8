/** The jobs that come with the application. */
import type { BatchJobDocument } from '#shared/job/batch-job.ts';

export interface Example {
  name: string;
  notes: string;
  document: BatchJobDocument;
}

const EXAMPLES = import.meta.glob<unknown>('../../resources/examples/*.json', {
  eager: true,
  import: 'default',
});
const STARTING_POINTS = import.meta.glob<unknown>('../../resources/starting-points/*.json', {
  eager: true,
  import: 'default',
});

/** Jobs that run as they are, in the order of their files. */
export function examples(): Example[] {
  return jobsIn(EXAMPLES);
}

/** Jobs to be filled in: with one's own list of items, the address of one's own server. */
export function startingPoints(): Example[] {
  return jobsIn(STARTING_POINTS);
}

/** All that are a job with a name and a task. */
function jobsIn(files: Record<string, unknown>): Example[] {
  return Object.values(files)
    .flatMap((content) => (Array.isArray(content) ? content : [content]))
    .filter((content): content is BatchJobDocument => typeof content === 'object' && content !== null)
    .flatMap((document) => {
      const jobdeck = document.metadata?.jobdeck;
      if (jobdeck?.task === undefined || !jobdeck.name) return [];
      return { name: jobdeck.name, notes: jobdeck.notes ?? '', document };
    });
}
