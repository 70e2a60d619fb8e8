/** Where the callbacks of jobs lead, for what its owner allows by writing or approving them. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { originOf } from '../core/callbacks/delivery-place.ts';

/** Each origin once: `http://127.0.0.1:8080`. What is no URL has none, and is refused where it would be sent. */
export function callbackOriginsOf(jobs: readonly Pick<BatchJob, 'callback_url'>[]): string[] {
  return originsOf(jobs.flatMap(({ callback_url }) => callback_url ?? []));
}

/** The origins of URLs, each once. The origin of what has none, such as `mailto:`, is "null". */
export function originsOf(urls: readonly string[]): string[] {
  return [...new Set(urls.map(originOf))].filter((origin) => origin !== '' && origin !== 'null');
}
