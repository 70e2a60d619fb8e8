/**
 * `metadata.jobdeck`, version 1: what the runner needs and what it found. Its JSON Schema is
 * `jobdeck-metadata-schema.ts`; a test holds the two against each other.
 */
import type { JobError } from './error-codes.ts';
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
  dedup_key?: string | null;
  rerun_of?: string | null;
  task?: Task;
  items?: Items;
  concurrency?: number;
  rate_limit?: { count: number; per: 'second' | 'minute' };
  fail_when?: 'any' | 'all' | 'never';
}

/** Written by the runner. */
export interface JobdeckFindings {
  attempts?: Attempt[];
  counts?: ItemCounts;
  result?: JobResult;
  error?: JobError;
}

export interface JobdeckMetadata extends JobdeckRequest, JobdeckFindings {
  version: typeof JOBDECK_METADATA_VERSION;
  /** Properties of an imported document that the BatchJob schema does not know, kept as they came. */
  imported?: Record<string, unknown>;
}

export const RETRY_CAUSES = ['exit-code', 'timeout', 'network', 'http-5xx', 'http-429'] as const;

export interface RetryPolicy {
  max_attempts?: number;
  backoff_ms?: number;
  factor?: number;
  max_backoff_ms?: number;
  jitter?: boolean;
  on?: (typeof RETRY_CAUSES)[number][];
}

export type Items =
  | { values: unknown[] }
  | { file: string; format: 'jsonl' | 'csv' | 'lines' }
  | { range: { from: number; to: number; step?: number } }
  | { matrix: Record<string, unknown[]> };

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
  status_code?: number;
  text?: string;
  usage?: Record<string, unknown>;
}
