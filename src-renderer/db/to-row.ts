/** From a record to the row that the history keeps of it. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { BLANK, type JobBucket, type JobRow, type JobRowDraft } from './job-row.ts';
import { nameOf } from './job-title.ts';
import { ENDED_TOO_SOON, importFact, indexWords } from './search-words.ts';
import { fold } from './words.ts';

/** What the record does not say of itself. */
export type RowFacts = Pick<
  JobRow,
  'origin' | 'approvedAtMs' | 'deletedAtMs' | 'journalId' | 'seq' | 'importId'
>;

const MAX_NAME_KEY_LENGTH = 64;

/** The row of a record; what `facts` leaves out is that of a job that was written here just now. */
export function toRow(job: BatchJob, facts: Partial<RowFacts> = {}): JobRowDraft {
  const jobdeck = jobdeckOf(job);
  const known = { ...WRITTEN_HERE, ...facts };
  const name = nameOf(job);
  const tags = jobdeck?.tags ?? [];
  const createdAtMs = timeOf(job.created_at);
  const endedAtMs = job.completed_at === null ? BLANK : timeOf(job.completed_at);
  const isTooSoon = endedAtMs !== BLANK && endedAtMs < createdAtMs;
  return {
    id: job.id,
    status: job.status,
    jobType: job.job_type,
    kind: jobdeck?.task?.kind ?? null,
    name,
    tags,
    words: indexWords(job, [
      ...(isTooSoon ? [ENDED_TOO_SOON] : []),
      ...(known.importId === null ? [] : [importFact(known.importId)]),
    ]),
    createdAtMs,
    endedAtMs,
    durationMs: job.total_duration_ns === null ? BLANK : job.total_duration_ns / 1e6,
    nameKey: fold(name).slice(0, MAX_NAME_KEY_LENGTH),
    kindKey: kindKeyOf(job),
    bucket: bucketOf(job, known),
    listed: known.deletedAtMs === 0 ? 1 : 0,
    ...known,
    job,
  };
}

const WRITTEN_HERE: RowFacts = {
  origin: 'author',
  approvedAtMs: null,
  deletedAtMs: 0,
  journalId: null,
  seq: 0,
  importId: null,
};

/** What a row knows beside its record, to be carried over to the row of its next record. */
export function factsOf(row: JobRowDraft): RowFacts {
  const { origin, approvedAtMs, deletedAtMs, journalId, seq, importId } = row;
  return { origin, approvedAtMs, deletedAtMs, journalId, seq, importId };
}

function bucketOf(job: BatchJob, facts: RowFacts): JobBucket {
  if (facts.deletedAtMs !== 0) return 'trash';
  switch (job.status) {
    case 'pending':
    case 'running':
      // A record that ran elsewhere and came by import: nothing of it runs here, and it is not shown as if.
      if (facts.journalId === null) return 'created';
      return isScheduled(job) ? 'scheduled' : 'active';
    case 'expired':
      return 'failed';
    default:
      return job.status;
  }
}

/** True for a job that waits for its time, and was not tried yet. */
function isScheduled(job: BatchJob): boolean {
  const jobdeck = jobdeckOf(job);
  return job.status === 'pending' && jobdeck?.not_before != null && jobdeck.attempts === undefined;
}

function kindKeyOf(job: BatchJob): JobRow['kindKey'] {
  const kind = jobdeckOf(job)?.task?.kind ?? '';
  return kind !== '' && job.job_type === 'batch' ? 'batch' : kind;
}

/** Milliseconds since 1970 of an RFC 3339 time; a leap second counts as the second before it. */
function timeOf(dateTime: string): number {
  const time = Date.parse(dateTime.toUpperCase().replace(/:60(?=[.Z+-])/u, ':59'));
  return Number.isNaN(time) ? 0 : time;
}
