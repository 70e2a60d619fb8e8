/** The sentence of a run's progress. */
import type { BatchProgress } from '#shared/contract/runner-state.ts';
import { ITEM_STATUSES } from '#shared/job/items.ts';
import { countOf, durationWords } from '../words.ts';

export interface JobCounts {
  total: number;
  done: number;
  notCompleted: number;
  running: number;
  callbacksDue: number;
}

/** From 0 to 1: jobs that are done, and of batches that run the part that is. */
export function shareDone({ total, done }: JobCounts, batches: readonly BatchProgress[]): number {
  if (total === 0) return 0;
  const parts = batches.map((batch) => {
    const items = itemCounts(batch);
    return items.total === 0 ? 0 : items.ended / items.total;
  });
  return Math.min(1, (done + sum(parts)) / total);
}

export function progressWords(
  jobs: JobCounts & { seconds: number },
  batches: readonly BatchProgress[],
): string {
  const failed = jobs.notCompleted === 0 ? '' : `, ${jobs.notCompleted} not completed`;
  const run = `${jobs.done} of ${jobs.total} done${failed}, ${jobs.running} running, ${jobs.seconds} s`;
  // What a run waits for at its end.
  if (jobs.running === 0 && jobs.callbacksDue > 0) {
    return `${run}; ${countOf(jobs.callbacksDue, 'callback')} to deliver`;
  }
  return batches.length === 0 ? run : `${run}; ${itemWords(batches)}`;
}

function itemWords(batches: readonly BatchProgress[]): string {
  const counts = batches.map(itemCounts);
  const [total, ended, failed] = (['total', 'ended', 'failed'] as const).map((name) =>
    sum(counts.map((count) => count[name])),
  );
  const more = batches.some(({ isLoaded }) => !isLoaded) ? ' or more' : '';
  const words = [`items: ${ended} of ${total}${more}`];
  if (failed !== 0) words.push(`${failed} failed`);
  const rate = sum(batches.map(({ itemsPerSecond }) => itemsPerSecond ?? 0));
  if (rate > 0) words.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
  const left = batches.map(({ etaMs }) => etaMs);
  // Batches run beside each other: the last to end is the one to wait for.
  if (left.every((ms) => ms !== null)) words.push(`about ${durationWords(Math.max(...left))} left`);
  return words.join(', ');
}

function itemCounts({ counts }: BatchProgress): { total: number; ended: number; failed: number } {
  const total = sum(ITEM_STATUSES.map((status) => counts[status]));
  return { total, ended: total - counts.pending - counts.running, failed: counts.failed };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
