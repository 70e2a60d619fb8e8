/** Making whole records: new ones, from a partial document, and from an earlier job. */
import {
  BATCH_JOB_KEYS,
  type BatchJob,
  type BatchJobDocument,
  type JobMetadata,
  type JobType,
  jobdeckOf,
} from './batch-job.ts';
import { type JobId, newJobId } from './job-id.ts';
import {
  JOBDECK_METADATA_VERSION,
  type JobdeckFindings,
  type JobdeckMetadata,
  type JobdeckRequest,
} from './jobdeck-metadata.ts';

/** Where a new record gets its time, its id and its owner from. */
export interface Origin {
  /** RFC 3339, UTC. */
  now: string;
  uuid: () => string;
  /** The local profile, `user-<uuid4>`. */
  by: string | null;
}

/** A new record in status `created`. */
export function newJob(
  request: JobdeckRequest,
  origin: Origin,
  rest: { jobType?: JobType; callbackUrl?: string | null; metadata?: Record<string, unknown> } = {},
): BatchJob {
  return completeDocument(
    {
      created_by_id: origin.by,
      metadata: { ...rest.metadata, jobdeck: { version: JOBDECK_METADATA_VERSION, ...request } },
      job_type: rest.jobType ?? 'job',
      callback_url: rest.callbackUrl ?? null,
    },
    origin,
  );
}

/**
 * The whole record of a document that the schema has accepted: the schema's defaults, `null` for what is absent,
 * a new id and `created_at` where it has none; keys in the schema's order.
 */
export function completeDocument(document: BatchJobDocument, origin: Origin): BatchJob {
  const record: Record<string, unknown> = {};
  // A loop, since imports do this a million times.
  for (const key of BATCH_JOB_KEYS) record[key] = document[key] ?? null;
  const job = record as unknown as BatchJob;
  job.status = document.status ?? 'created';
  job.job_type = document.job_type ?? 'batch';
  job.created_at = document.created_at ?? origin.now;
  job.id = (document.id as JobId | undefined) ?? newJobId(job.job_type, origin.uuid);
  return job;
}

/** A record with its keys in the schema's order, for writing. */
export function inSchemaOrder(job: BatchJob): BatchJob {
  return Object.fromEntries(BATCH_JOB_KEYS.map((key) => [key, job[key]])) as unknown as BatchJob;
}

const FINDINGS = [
  'attempts',
  'next_attempt_at',
  'dependencies',
  'joined',
  'missed_runs',
  'counts',
  'result',
  'error',
] as const satisfies (keyof JobdeckFindings)[];

/** What the owner of a job asked for, without what the runner found. */
export function requestOf(jobdeck: JobdeckMetadata): JobdeckMetadata {
  return without(jobdeck, FINDINGS);
}

function without(jobdeck: JobdeckMetadata, keys: readonly string[]): JobdeckMetadata {
  const kept = Object.entries(jobdeck).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(kept) as unknown as JobdeckMetadata;
}

/** When a job was to run, which says nothing of when it runs again. */
const TIMING = [
  'not_before',
  'deadline',
  'schedule',
  'after',
  'after_condition',
] as const satisfies (keyof JobdeckRequest)[];

/**
 * "Run again": a new job in status `created` that asks for the same, now, and names the earlier one in `rerun_of`.
 */
export function rerunOf(job: BatchJob, origin: Origin): BatchJob {
  const jobdeck = jobdeckOf(job);
  const metadata: JobMetadata = {
    ...job.metadata,
    jobdeck: {
      ...(jobdeck ? without(requestOf(jobdeck), TIMING) : { version: JOBDECK_METADATA_VERSION }),
      rerun_of: job.id satisfies JobId,
    },
  };
  return completeDocument(
    {
      created_by_id: origin.by,
      metadata,
      job_type: job.job_type,
      agent_id: job.agent_id,
      callback_url: job.callback_url,
    },
    origin,
  );
}

/** "Re-run failed only": a new batch of those items of an ended one that did not complete. */
export function rerunFailedOf(job: BatchJob, origin: Origin): BatchJob {
  const again = rerunOf(job, origin);
  const jobdeck: JobdeckMetadata = {
    ...(jobdeckOf(again) ?? { version: JOBDECK_METADATA_VERSION }),
    items: { failed_of: job.id },
  };
  return { ...again, metadata: { ...again.metadata, jobdeck } };
}
