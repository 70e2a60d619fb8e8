/** How much room the output of jobs takes, and taking it back while the jobs stay. */
import { rm } from 'node:fs/promises';
import type { JobId } from '#shared/job/job-id.ts';
import { jobOutputFiles } from './job-output-files.ts';
import { jobDirectory } from './output-paths.ts';

/** So many jobs are looked at side by side: what they wait for is the disk. */
const AT_ONCE = 8;

/**
 * How many bytes the output files of each job have, in the order of the ids; 0 where there are none.
 * @param dataDirectory absolute
 */
export async function outputSizes(dataDirectory: string, ids: readonly JobId[]): Promise<number[]> {
  const sizes: number[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    sizes.push(...(await Promise.all(some.map((id) => outputSize(dataDirectory, id)))));
  }
  return sizes;
}

/** Removes all output files of these jobs. For jobs that have ended: what runs would write on into nothing. */
export async function dropOutput(dataDirectory: string, ids: readonly JobId[]): Promise<void> {
  for (const id of ids) {
    await rm(jobDirectory(dataDirectory, id), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function outputSize(dataDirectory: string, id: JobId): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of jobOutputFiles(dataDirectory, id)) bytes += sizeBytes;
  return bytes;
}
