/** What is wrong after all: each a sentence. Nothing lost, nothing doubled, nothing that runs in name alone. */
import { existsSync, readFileSync } from 'node:fs';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import type { KeptEvent } from './history.ts';
import { type LoadedJob, markFile } from './mixed-load.ts';

export interface Aftermath {
  directory: string;
  load: readonly LoadedJob[];
  events: readonly KeptEvent[];
  items(id: JobId): ItemRecord[];
}

type Plan = Pick<LoadedJob, 'isCancelled' | 'failsFirst'>;

/** Waits, runs that were followed by another, and one end, with or without a run before it. */
const LIFE = /^submitted( updated)*( started requeued( updated)*)*( started)? ended$/;

export function verdictOn({ directory, load, events, items }: Aftermath): string[] {
  const wrong: string[] = [];
  const eventsOf = Map.groupBy(events, ({ jobId }) => jobId);
  events.forEach(({ seq }, index) => {
    if (seq !== index + 1) wrong.push(`Event ${index + 1} of the history has the number ${seq}.`);
  });
  for (const { job } of load) if (!eventsOf.has(job.id)) wrong.push(`${job.id} never reached the history.`);
  for (const [id, own] of eventsOf) {
    const life = own.map(({ type }) => type).join(' ');
    if (!LIFE.test(life)) wrong.push(`${id} lived so: ${life}`);
    const job = own.at(-1)?.job;
    if (job === undefined || !isTerminal(job.status)) continue;
    const marks = marksOf(directory, id);
    // The next run of a schedule is in no load; it is neither.
    const { isCancelled = false, failsFirst = false } = load.find((loaded) => loaded.job.id === id) ?? {};
    const found =
      job.job_type === 'batch'
        ? batchVerdict(job, marks, items(id), { isCancelled, failsFirst })
        : jobVerdict(job, marks, { isCancelled, failsFirst });
    wrong.push(...found.map((sentence) => `${id}: ${sentence}`));
    wrong.push(...orderVerdict(own, eventsOf));
  }
  return [...wrong, ...scheduleVerdict(events)];
}

function jobVerdict(job: BatchJob, marks: readonly string[], { isCancelled, failsFirst }: Plan): string[] {
  const { on_interrupt, attempts = [], error } = jobdeckOf(job) ?? {};
  const wrong = doubled(marks).map((mark) => `attempt ${mark} ran twice.`);
  const begun = attempts.length;
  if (on_interrupt === 'fail') {
    if (!failsFirst && marks.length > 1) wrong.push('ran more than once.');
    const cut = attempts.findIndex((attempt) => attempt.error?.code === 'interrupted');
    if (cut >= 0 && cut < begun - 1) wrong.push('was to fail after a crash, and ran again.');
  }
  if (marks.some((mark) => Number(mark) > begun)) wrong.push(`ran more than its ${begun} attempts.`);
  if (job.status === 'cancelled' && isCancelled) return wrong;
  if (job.status === 'completed') {
    if (!marks.includes(String(begun))) wrong.push('completed, and its last attempt left no mark.');
    return wrong;
  }
  if (job.status !== 'failed') return [...wrong, `ended as ${job.status}.`];
  if (error?.code === 'dependency')
    return marks.length > 0 ? [...wrong, 'ran, though it waited in vain.'] : wrong;
  if (on_interrupt === 'rerun') wrong.push(`runs again after a crash, and failed: ${error?.message}`);
  if (error?.code !== 'interrupted') wrong.push(`failed for another reason than a crash: ${error?.message}`);
  return wrong;
}

function batchVerdict(
  job: BatchJob,
  marks: readonly string[],
  items: readonly ItemRecord[],
  { isCancelled, failsFirst }: Plan,
): string[] {
  const { counts, on_interrupt } = jobdeckOf(job) ?? {};
  const wrong = doubled(marks).map((mark) => `item and attempt ${mark} ran twice.`);
  const countOf = (status: ItemRecord['status']) => items.filter((item) => item.status === status).length;
  const counted = {
    completed: countOf('completed'),
    failed: countOf('failed'),
    cancelled: countOf('cancelled'),
  };
  const total = counted.completed + counted.failed + counted.cancelled;
  const expected = JSON.stringify({ total, ...counted });
  if (total !== items.length) wrong.push(`${items.length - total} items never came to an end.`);
  const { total: said, ...rest } = counts ?? { total: 0, completed: 0, failed: 0, cancelled: 0 };
  const got = JSON.stringify({
    total: said,
    completed: rest.completed,
    failed: rest.failed,
    cancelled: rest.cancelled,
  });
  // A batch that was cancelled before its items were read has none.
  if (items.length > 0 && got !== expected) wrong.push(`counts ${got} of items that are ${expected}.`);
  for (const { index, status, attempts, error } of items) {
    if (on_interrupt === 'fail' && !failsFirst && attempts > 1)
      wrong.push(`item ${index} ran more than once.`);
    if (status === 'completed' && !marks.includes(`${index} ${attempts}`)) {
      wrong.push(`item ${index} completed, and its last attempt left no mark.`);
    }
    if (status !== 'failed') continue;
    if (on_interrupt === 'rerun') wrong.push(`item ${index} failed: ${error?.message}`);
    if (error?.code !== 'interrupted')
      wrong.push(`item ${index} failed for another reason: ${error?.message}`);
  }
  if (job.status === 'cancelled' && !isCancelled) wrong.push('was cancelled by nobody.');
  if (on_interrupt === 'rerun' && job.status === 'failed')
    wrong.push('runs again after a crash, and failed.');
  return wrong;
}

/** What waits for others begins after their end. */
function orderVerdict(
  own: readonly KeptEvent[],
  eventsOf: ReadonlyMap<JobId, readonly KeptEvent[]>,
): string[] {
  const begun = own.find(({ type }) => type === 'started');
  const { after = [], after_condition = 'completed' } = (begun && jobdeckOf(begun.job)) ?? {};
  return after.flatMap((id) => {
    const end = eventsOf.get(id as JobId)?.find(({ type }) => type === 'ended');
    if (begun === undefined || (end !== undefined && end.seq < begun.seq)) {
      return end?.job.status === 'completed' || after_condition === 'ended' || begun === undefined
        ? []
        : [`${begun.jobId} began, though ${id} is ${end?.job.status}.`];
    }
    return [`${begun.jobId} began before the end of ${id}.`];
  });
}

/** Each schedule has each of its runs once, down to the last. */
function scheduleVerdict(events: readonly KeptEvent[]): string[] {
  const ends = events.filter(({ type }) => type === 'ended').map(({ job }) => job);
  const runs = Map.groupBy(
    ends.filter((job) => jobdeckOf(job)?.schedule != null),
    (job) => jobdeckOf(job)?.schedule?.origin ?? job.id,
  );
  return [...runs].flatMap(([origin, chain]) => {
    const left = chain.map((job) => jobdeckOf(job)?.schedule?.remaining).join(' ');
    // Cancelling the one that waits ends the schedule.
    return left === '2 1' || (left === '2' && chain[0]?.status === 'cancelled')
      ? []
      : [`${origin} ran so: ${left}`];
  });
}

function doubled(marks: readonly string[]): string[] {
  return marks.filter((mark, index) => marks.indexOf(mark) !== index);
}

function marksOf(directory: string, id: JobId): string[] {
  const file = markFile(directory, id);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
