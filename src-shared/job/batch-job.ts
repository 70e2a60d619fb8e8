/**
 * The BatchJob record: the contract with the outside, property for property as in its JSON Schema
 * (`batch-job-schema.ts`). Names are the document's own snake_case names.
 */
import type { JobId } from './job-id.ts';
import type { JobdeckMetadata } from './jobdeck-metadata.ts';

export const JOB_STATUSES = [
  'created',
  'running',
  'completed',
  'failed',
  'pending',
  'cancelled',
  'expired',
] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const JOB_TYPES = ['job', 'run', 'batch'] as const;
export type JobType = (typeof JOB_TYPES)[number];

export const STOP_REASONS = [
  'end_turn',
  'error',
  'llm_api_error',
  'invalid_llm_response',
  'invalid_tool_call',
  'max_steps',
  'max_tokens_exceeded',
  'no_tool_call',
  'tool_rule',
  'cancelled',
  'insufficient_credits',
  'requires_approval',
  'context_window_overflow_in_system_prompt',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Free for its owner; everything Jobdeck adds lives under `jobdeck`, other keys are kept as they came. */
export interface JobMetadata {
  jobdeck?: JobdeckMetadata;
  [key: string]: unknown;
}

/**
 * A whole record: all 18 properties present, `null` where there is no value. This is what the runner, the
 * history and every export hold. Date-times are RFC 3339 in UTC with `Z` where Jobdeck wrote them.
 */
export interface BatchJob {
  created_by_id: string | null;
  last_updated_by_id: string | null;
  created_at: string;
  updated_at: string | null;
  status: JobStatus;
  completed_at: string | null;
  stop_reason: StopReason | null;
  metadata: JobMetadata | null;
  job_type: JobType;
  background: boolean | null;
  agent_id: string | null;
  callback_url: string | null;
  callback_sent_at: string | null;
  callback_status_code: number | null;
  callback_error: string | null;
  ttft_ns: number | null;
  total_duration_ns: number | null;
  id: JobId;
}

/** A document as the schema accepts it: every property optional, its defaults not yet filled in. */
export type BatchJobDocument = Partial<Omit<BatchJob, 'id'>> & { id?: string };

/** The record's properties in the schema's order, the order in which every document is written. */
export const BATCH_JOB_KEYS = [
  'created_by_id',
  'last_updated_by_id',
  'created_at',
  'updated_at',
  'status',
  'completed_at',
  'stop_reason',
  'metadata',
  'job_type',
  'background',
  'agent_id',
  'callback_url',
  'callback_sent_at',
  'callback_status_code',
  'callback_error',
  'ttft_ns',
  'total_duration_ns',
  'id',
] as const satisfies readonly (keyof BatchJob)[];

/** The part of a record's metadata that Jobdeck owns, or undefined for a record from elsewhere. */
export function jobdeckOf(job: Pick<BatchJob, 'metadata'>): JobdeckMetadata | undefined {
  return job.metadata?.jobdeck;
}
