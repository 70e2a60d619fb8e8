/**
 * `metadata.jobdeck`, version 1: what the runner needs and what it found. Its JSON Schema is
 * `jobdeck-metadata-schema.ts`; a test holds the two against each other.
 */
import type { JobStatus } from './batch-job.ts';
import type { JobError } from './error-codes.ts';
import type { JobId } from './job-id.ts';
import type { Task } from './tasks.ts';

export const JOBDECK_METADATA_VERSION = 1;

/** Written by the job's owner. */
export interface JobdeckRequest {
  name?: string;
  tags?: string[];
  notes?: string;
  queue?: string;
  priority?: number;
  after?: string[];
  after_condition?: 'completed' | 'ended';
  not_before?: string | null;
  deadline?: string | null;
  /** Per attempt, milliseconds. */
  timeout_ms?: number | null;
  /** Between TERM and KILL, milliseconds; 5000 where absent. */
  kill_grace_ms?: number;
  retry?: RetryPolicy;
  /** What a crash in the middle of an attempt means; `fail` where absent. */
  on_interrupt?: 'fail' | 'rerun';
  /** No two active jobs have the same one: see `on_duplicate`. */
  dedup_key?: string | null;
  /** A job whose `dedup_key` an active job has is refused, or joins it and ends as it does; `refuse` where absent. */
  on_duplicate?: 'refuse' | 'join';
  rerun_of?: string | null;
  /** Of each output stream of an attempt, bytes: of more, the head and the tail are kept. No limit where absent. */
  max_output_bytes?: number | null;
  schedule?: Schedule | null;
  task?: Task;
  items?: Items;
  concurrency?: number;
  rate_limit?: { count: number; per: 'second' | 'minute' };
  fail_when?: 'any' | 'all' | 'never';
}

/**
 * When a job runs again. Each run is a job of its own: when one starts, its successor is queued with `not_before`
 * set to the next time, in the same durable write. Cancelling the one that waits ends the schedule.
 */
export interface Schedule {
  /** Five fields, or six with seconds first. */
  cron: string;
  /** IANA name; the system's where absent. */
  time_zone?: string;
  /** A run whose time passed while Jobdeck could not start it: left out, or made up for once; `skip` where absent. */
  missed?: 'skip' | 'catch-up';
  /** How many runs are left, this one included; no end where absent. */
  remaining?: number;
  /** No run begins after this. */
  until?: string | null;
  /** The first job of the schedule, set on its successors. */
  origin?: string;
}

/** How a job that another one waited for ended. */
export interface EndedDependency {
  id: JobId;
  status: JobStatus;
}

/** Written by the runner. */
export interface JobdeckFindings {
  attempts?: Attempt[];
  /** Of a job that is pending between two attempts: when the next one begins. */
  next_attempt_at?: string | null;
  /** Of the jobs named in `after`, those that have ended. */
  dependencies?: EndedDependency[];
  /** The equal job that this one joined instead of running. */
  joined?: string;
  /** How many runs of the schedule were left out since the one before this. */
  missed_runs?: number;
  counts?: ItemCounts;
  result?: JobResult;
  error?: JobError;
}

export interface JobdeckMetadata extends JobdeckRequest, JobdeckFindings {
  version: typeof JOBDECK_METADATA_VERSION;
  /** Properties of an imported document that the BatchJob schema does not know, kept as they came. */
  imported?: Record<string, unknown>;
}

export const RETRY_CAUSES = [
  'exit-code',
  'signal',
  'spawn',
  'timeout',
  'network',
  'model',
  'http-4xx',
  'http-5xx',
  'http-408',
  'http-429',
] as const;
export type RetryCause = (typeof RETRY_CAUSES)[number];

/** Of a batch it is the policy of each item. */
export interface RetryPolicy {
  /** The first one included; 1 where absent. */
  max_attempts?: number;
  /** Before the second attempt; 1000 where absent. */
  backoff_ms?: number;
  /** What the wait grows by each time; 2 where absent. */
  factor?: number;
  /** 60000 where absent. */
  max_backoff_ms?: number;
  /** Waits are drawn between half and the whole of what is computed; true where absent. */
  jitter?: boolean;
  /** Which failures are tried again; exit-code, timeout, network, http-5xx and http-429 where absent. */
  on?: RetryCause[];
  /** Of the failures with an exit code, only these; all where absent. */
  exit_codes?: number[];
}

export type Items =
  | { values: unknown[] }
  | { file: string; format: 'jsonl' | 'csv' | 'lines' }
  | { range: { from: number; to: number; step?: number } }
  | { matrix: Record<string, unknown[]> }
  /** The items of an earlier batch that did not complete, with the index they had there. */
  | { failed_of: string };

export const ATTEMPT_OUTCOMES = ['completed', 'failed', 'cancelled'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** One try at a task. `ended_at` and what follows are absent while it runs. */
export interface Attempt {
  number: number;
  started_at: string;
  ended_at?: string;
  /** Monotonic, nanoseconds; absent where a crash took the measurement with it. */
  duration_ns?: number | null;
  /** From the start of the attempt to its first output, nanoseconds; null where there was none. */
  ttft_ns?: number | null;
  outcome?: AttemptOutcome;
  error?: JobError;
}

export interface ItemCounts {
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
}

export interface JobResult {
  exit_code?: number | null;
  signal?: string | null;
  /** First and last 4 KiB of the output, with a line between them that says what is left out. */
  stdout?: string;
  stderr?: string;
  stdout_bytes?: number;
  stderr_bytes?: number;
  /** True where `stdout` or `stderr` do not hold all of the output. */
  truncated?: boolean;
  /** What the output files lack because of `max_output_bytes`. */
  stdout_cut_bytes?: number;
  stderr_cut_bytes?: number;
  /** Of an HTTP answer, or a model endpoint's. */
  status_code?: number;
  request_id?: string;
  content_type?: string;
  /** A model's answer. */
  text?: string;
  usage?: Record<string, unknown>;
  /** As the endpoint names it ("stop", "length"). */
  finish_reason?: string;
  /** The JSON that the endpoint answered with, where the task asked for it as a whole. */
  body?: unknown;
}
