/** Jobs of about a kilobyte as a year of use leaves them: many kinds, names, tags and ends. Deterministic. */
import type { BatchJob, JobStatus } from '#shared/job/batch-job.ts';
import { newJob } from '#shared/job/new-job.ts';
import type { Task } from '#shared/job/tasks.ts';

const STARTED_MS = Date.parse('2025-01-01T00:00:00Z');
const NAMES = ['Checksum photos', 'Nightly export', 'Summarise papers', 'Convert videos', 'Fetch prices'];
const TAGS = [['photos'], ['nightly', 'export'], ['papers', 'llm'], ['video'], []];
const TASKS: Task[] = [
  { kind: 'command', program: 'sha256sum', args: ['a.jpg'] },
  { kind: 'script', interpreter: 'python3', source: 'print(1)' },
  { kind: 'http', url: 'https://example.org/prices' },
];

/** The `number`th: each has an id, a time and a duration of its own, and one in 5,000 a rare word. */
export function historyJob(number: number): BatchJob {
  const random = mixed(number);
  const createdAt = new Date(STARTED_MS + number * 30_000).toISOString();
  const status = statusOf(random % 20);
  const durationMs = random % 3_600_000;
  const rare = number % 5000 === 1234 ? ' zebra' : '';
  const made = newJob(
    {
      name: `${NAMES[number % NAMES.length]} ${random % 1000}${rare}`,
      tags: TAGS[random % TAGS.length] ?? [],
      queue: random % 7 === 0 ? 'night' : 'default',
      task: TASKS[random % TASKS.length] as Task,
    },
    { now: createdAt, uuid: () => uuidOf(number), by: null },
  );
  const endedAt = new Date(Date.parse(createdAt) + durationMs).toISOString();
  const attempt = {
    number: 1,
    started_at: createdAt,
    ended_at: endedAt,
    duration_ns: durationMs * 1e6,
    outcome: status === 'completed' ? ('completed' as const) : ('failed' as const),
  };
  const result = {
    exit_code: 0,
    signal: null,
    stdout: 'x'.repeat(300),
    stderr: '',
    stdout_bytes: 300,
    stderr_bytes: 0,
  };
  return {
    ...made,
    status,
    completed_at: endedAt,
    total_duration_ns: durationMs * 1e6,
    metadata: { jobdeck: { version: 1, ...made.metadata?.jobdeck, attempts: [attempt], result } },
  };
}

/**
 * The same without most of its words and its task, for where it matters how many there are and not what is found of
 * them: the fewer entries a row has the sooner a million of them are written.
 */
export function bareJob(number: number): BatchJob {
  const job = historyJob(number);
  const { task: _task, tags: _tags, queue: _queue, ...jobdeck } = job.metadata?.jobdeck ?? { version: 1 };
  return { ...job, metadata: { jobdeck: { ...jobdeck, name: `Job ${number % 1000}` } } };
}

function statusOf(draw: number): JobStatus {
  if (draw < 15) return 'completed';
  if (draw < 18) return 'failed';
  return draw === 18 ? 'cancelled' : 'expired';
}

/** A whole number that looks drawn, the same for the same number (the finaliser of MurmurHash3). */
function mixed(number: number): number {
  let hash = number + 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function uuidOf(number: number): string {
  const hex = [0, 1, 2, 3]
    .map((part) =>
      mixed(number * 4 + part)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
