/** A load of every kind, the same for the same seed, whose jobs leave marks of what they did. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckRequest, RetryPolicy } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { seededRandom } from '../../fakes/sample-jobs.ts';

export interface LoadedJob {
  job: BatchJob;
  /** Asked to be cancelled as soon as it was submitted. */
  isCancelled: boolean;
  /** Fails at its first attempt, or runs out of time, and not at the next one. */
  failsFirst: boolean;
}

/** The file to which a job appends a line for each attempt: its number, and before it the item's. */
export function markFile(directory: string, jobId: string): string {
  return `${join(directory, 'marks')}/${jobId}`;
}

/** @param directory has a folder `marks` */
export function mixedLoad(directory: string, seed: number, now: Date): LoadedJob[] {
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  const below = (limit: number) => Math.floor(random() * limit);
  const loaded: LoadedJob[] = [];

  /** A job that marks each attempt, then goes on with the rest of the line. */
  function add(rest: string, request: JobdeckRequest = {}): BatchJob {
    const isBatch = request.items !== undefined;
    const job = newJob(
      {
        on_interrupt: chance(0.5) ? 'rerun' : 'fail',
        queue: chance(0.3) ? 'narrow' : 'default',
        priority: below(5) - 2,
        kill_grace_ms: 50,
        ...request,
      },
      { now: now.toISOString(), uuid: randomUUID, by: null },
      { jobType: isBatch ? 'batch' : 'job' },
    );
    const item = isBatch ? '$JOBDECK_INDEX ' : '';
    // The next run of a schedule has the same task and an id of its own.
    const source = `echo "${item}$JOBDECK_ATTEMPT" >> '${markFile(directory, '')}'"$JOBDECK_JOB_ID"; ${rest}`;
    const task: JobdeckRequest['task'] = chance(0.3)
      ? { kind: 'script', interpreter: 'sh', source }
      : { kind: 'command', shell: source };
    Object.assign(job.metadata?.jobdeck ?? {}, { task });
    loaded.push({ job, isCancelled: chance(0.05), failsFirst: rest.includes('$JOBDECK_ATTEMPT') });
    return job;
  }

  const wait = () => `sleep 0.0${1 + below(9)}`;
  add('true');
  add(chance(0.3) ? `trap '' TERM; ${wait()}; ${wait()}` : wait());
  // Fails at first, and not after a crash in the middle either.
  const retry = { max_attempts: 4, backoff_ms: 5 + below(40), jitter: false };
  if (chance(0.5)) add(`${wait()}; test "$JOBDECK_ATTEMPT" -ge 2`, { retry });
  // Stays for ever where nobody ends it: who is killed with its helper leaves it to the next start.
  if (chance(0.3)) {
    const onTimeout: RetryPolicy = { ...retry, max_attempts: 100, on: ['timeout'] };
    add('test "$JOBDECK_ATTEMPT" -ge 2 || sleep 3600', { timeout_ms: 300, retry: onTimeout });
  }
  if (chance(0.5)) add('true', { not_before: new Date(now.getTime() + below(400)).toISOString() });
  if (chance(0.4)) {
    const first = add(wait());
    const second = add('true', { after: [first.id] });
    add('true', { after: [second.id, first.id], after_condition: 'ended' });
  }
  if (chance(0.5)) {
    const values = Array.from({ length: 2 + below(6) }, (_, index) => index);
    const fails = chance(0.5) ? `; test "$JOBDECK_ATTEMPT" -ge 2` : '';
    add(`${wait()}${fails}`, { items: { values }, concurrency: 2, fail_when: 'never', retry });
  }
  if (chance(0.1)) add('true', { schedule: { cron: '* * * * * *', missed: 'catch-up', remaining: 2 } });
  return loaded;
}
