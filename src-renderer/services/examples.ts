/** The example jobs that come with the application. */
import type { BatchJobDocument } from '#shared/job/batch-job.ts';

export interface Example {
  name: string;
  notes: string;
  document: BatchJobDocument;
}

const FILES = import.meta.glob<unknown>('../../resources/examples/*.json', {
  eager: true,
  import: 'default',
});

/** All examples that are a job with a name and a task, in the order of their files. */
export function examples(): Example[] {
  return Object.values(FILES)
    .flatMap((content) => (Array.isArray(content) ? content : [content]))
    .filter((content): content is BatchJobDocument => typeof content === 'object' && content !== null)
    .flatMap((document) => {
      const jobdeck = document.metadata?.jobdeck;
      if (jobdeck?.task === undefined || !jobdeck.name) return [];
      return { name: jobdeck.name, notes: jobdeck.notes ?? '', document };
    });
}
