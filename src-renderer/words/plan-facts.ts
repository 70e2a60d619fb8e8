/** On how much a job works, when and how often it runs, and what it waits for. */
import type { Items, JobdeckMetadata, RetryPolicy } from '#shared/job/jobdeck-metadata.ts';
import { formatBytes } from '../components/format/bytes.ts';
import { countOf } from './count-words.ts';
import { cronWords } from './cron.ts';
import type { JobFact } from './job-fact.ts';
import { itemTotal } from './kind-words.ts';
import { planDuration, planTime } from './time-words.ts';

/** What the items are, and how they are worked on. */
export function itemFacts(jobdeck: JobdeckMetadata): JobFact[] {
  const { items } = jobdeck;
  if (items === undefined) return [];
  const limit = jobdeck.rate_limit;
  const pace = [
    `${jobdeck.concurrency ?? 1} at a time`,
    limit === undefined ? null : `at most ${limit.count} a ${limit.per}`,
  ].filter((part) => part !== null);
  const facts: JobFact[] = [sourceFact(items), { kind: 'words', label: 'Pace', value: pace.join(', ') }];
  if (jobdeck.fail_when === 'all' || jobdeck.fail_when === 'never') {
    const value = jobdeck.fail_when === 'all' ? 'Only where all items failed' : 'Never, whatever items do';
    facts.push({ kind: 'words', label: 'Fails', value });
  }
  return facts;
}

/** When it runs. */
export function timeFacts(jobdeck: JobdeckMetadata): JobFact[] {
  const { schedule, not_before: notBefore, deadline } = jobdeck;
  const facts: JobFact[] = [];
  if (schedule) {
    const { cron, time_zone: zone, missed, remaining, until } = schedule;
    const value = [
      `Again and again, ${cronWords(cron)}`,
      zone ?? null,
      remaining === undefined ? null : `${countOf(remaining, 'run')} in all`,
      until ? `until ${planTime(until)}` : null,
      missed === 'catch-up' ? 'made up for where missed' : null,
    ];
    facts.push({ kind: 'words', label: 'Schedule', note: cron, value: value.filter(Boolean).join(', ') });
  }
  if (notBefore) facts.push({ kind: 'words', label: 'Not before', value: planTime(notBefore) });
  if (deadline)
    facts.push({
      kind: 'words',
      label: 'Deadline',
      value: `Expires if not started by ${planTime(deadline)}`,
    });
  return facts;
}

/** What it waits for. */
export function waitFacts(jobdeck: JobdeckMetadata): JobFact[] {
  const { queue, priority, after, dedup_key: key } = jobdeck;
  const facts: JobFact[] = [];
  const place = [queue === undefined ? null : queue, priority ? `priority ${priority}` : null].filter(
    Boolean,
  );
  if (place.length > 0) facts.push({ kind: 'words', label: 'Queue', value: place.join(', ') });
  if (after !== undefined && after.length > 0) {
    const note = jobdeck.after_condition === 'ended' ? 'however they end' : 'once they have completed';
    facts.push({ kind: 'values', label: 'After', note, values: after });
  }
  if (key) {
    const what = jobdeck.on_duplicate === 'join' ? 'joins' : 'is refused beside';
    facts.push({
      kind: 'words',
      label: 'Duplicates',
      value: `It ${what} an active job with the key “${key}”`,
    });
  }
  return facts;
}

/** How long it may take and print, and how often it is tried. */
export function limitFacts(jobdeck: JobdeckMetadata): JobFact[] {
  const { timeout_ms: timeoutMs, max_output_bytes: maxOutput, retry } = jobdeck;
  const facts: JobFact[] = [
    typeof timeoutMs === 'number'
      ? { kind: 'words', label: 'Timeout', value: `Ended after ${planDuration(timeoutMs)}` }
      : { kind: 'words', label: 'Timeout', value: 'None: it runs as long as it takes', isQuiet: true },
  ];
  if (typeof maxOutput === 'number') {
    facts.push({
      kind: 'words',
      label: 'Output',
      value: `Head and tail of ${formatBytes(maxOutput)} are kept`,
    });
  }
  if (retry?.max_attempts !== undefined && retry.max_attempts > 1) {
    facts.push({ kind: 'words', label: 'Retries', value: retryWords(retry, retry.max_attempts) });
  }
  if (jobdeck.on_interrupt === 'rerun') {
    facts.push({ kind: 'words', label: 'If interrupted', value: 'Runs again by itself, from the start' });
  }
  return facts;
}

function sourceFact(items: Items): JobFact {
  const total = itemTotal(items);
  const note = total === null ? {} : { note: countOf(total, 'item') };
  if ('file' in items) {
    const what = items.format === 'csv' ? 'Each row of' : 'Each line of';
    return { kind: 'address', label: 'Items', note: items.format, words: what, address: items.file };
  }
  if ('range' in items) {
    const { from, to, step = 1 } = items.range;
    const value = `From ${from} to ${to}${step === 1 ? '' : ` in steps of ${step}`}`;
    return { kind: 'words', label: 'Items', ...note, value };
  }
  if ('failed_of' in items) {
    return {
      kind: 'address',
      label: 'Items',
      words: 'Those that did not complete of',
      address: items.failed_of,
    };
  }
  const value = 'values' in items ? items.values : items.matrix;
  return { kind: 'block', label: 'Items', ...note, value: JSON.stringify(value, null, 2) };
}

function retryWords({ backoff_ms: backoffMs = 1000, on }: RetryPolicy, attempts: number): string {
  const causes = on === undefined ? '' : `, after ${on.join(', ') || 'no failure'}`;
  return `Tried up to ${attempts} times, the second ${planDuration(backoffMs)} after the first${causes}`;
}
