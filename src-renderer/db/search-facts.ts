/** What a search can ask of a record beside its words. */
import { type BatchJob, jobdeckOf, type StopReason } from '#shared/job/batch-job.ts';

export const CALLBACK_STATES = ['delivered', 'failed', 'due', 'none'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

/** What the status says already: of nearly every job that ended in it. */
export const OBVIOUS_STOPS: ReadonlySet<StopReason> = new Set(['end_turn', 'error', 'cancelled']);

/** What `has:` asks for. */
export const HAS_FACTS = [
  'attempts',
  'callback',
  'dependencies',
  'error',
  'items',
  'metadata',
  'name',
  'notes',
  'output',
  'schedule',
  'tags',
  'task',
] as const;
export type HasFact = (typeof HAS_FACTS)[number];

/** Those that few jobs have: they are in the index. */
const RARE_FACTS = ['dependencies', 'items', 'notes', 'schedule'] as const satisfies readonly HasFact[];

/** How the callback of a record stands, by the record's own fields. */
export function callbackStateOf(job: BatchJob): CallbackState {
  if (job.callback_url === null) return 'none';
  const code = job.callback_status_code;
  if (code !== null && code >= 200 && code < 300) return 'delivered';
  return code !== null || job.callback_error !== null ? 'failed' : 'due';
}

export function has(job: BatchJob, what: HasFact): boolean {
  const jobdeck = jobdeckOf(job);
  switch (what) {
    case 'attempts':
      return (jobdeck?.attempts?.length ?? 0) > 1;
    case 'callback':
      return job.callback_url !== null;
    case 'dependencies':
      return (jobdeck?.after?.length ?? 0) > 0;
    case 'error':
      return jobdeck?.error !== undefined;
    case 'items':
      return jobdeck?.items !== undefined;
    case 'metadata':
      return Object.keys(job.metadata ?? {}).some((key) => key !== 'jobdeck');
    case 'name':
      return (jobdeck?.name ?? '').trim() !== '';
    case 'notes':
      return (jobdeck?.notes ?? '').trim() !== '';
    case 'output':
      return hasOutput(job);
    case 'schedule':
      return jobdeck?.schedule != null;
    case 'tags':
      return (jobdeck?.tags?.length ?? 0) > 0;
    case 'task':
      return jobdeck?.task !== undefined;
  }
}

/** The rare facts that a record has. */
export function hasFacts(job: BatchJob): HasFact[] {
  return RARE_FACTS.filter((what) => has(job, what));
}

export function isRareFact(what: HasFact): boolean {
  return (RARE_FACTS as readonly HasFact[]).includes(what);
}

function hasOutput(job: BatchJob): boolean {
  const result = jobdeckOf(job)?.result;
  return (
    (result?.stdout_bytes ?? 0) > 0 ||
    (result?.stderr_bytes ?? 0) > 0 ||
    (result?.stdout ?? '') !== '' ||
    (result?.stderr ?? '') !== '' ||
    (result?.text ?? '') !== ''
  );
}
