/** What is said where the output of a job is not, or is only in its record. */
import type { OutputStream } from '#shared/contract/output.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import { formatBytes } from '../components/format/bytes.ts';

/** What a record keeps of a stream of its last attempt. */
export interface KeptOutput {
  /** All of it, or its beginning and its end. */
  text: string;
  isWhole: boolean;
  /** What was printed in all; undefined where the record does not say. */
  sizeBytes: number | undefined;
}

/** Null where there is no result to say anything of it. */
export function keptOutput(result: JobResult | null | undefined, stream: OutputStream): KeptOutput | null {
  if (result == null) return null;
  const { stdout, stderr, text, stdout_bytes, stderr_bytes, truncated } = result;
  const kept =
    stream === 'stdout'
      ? { text: stdout ?? text ?? '', sizeBytes: stdout_bytes }
      : { text: stderr ?? '', sizeBytes: stderr_bytes };
  return { ...kept, isWhole: truncated !== true };
}

/** Beside the text that a record keeps, where the file of it is not here. */
export function keptWords({ isWhole }: KeptOutput): string {
  return isWhole
    ? 'From its record: it ran elsewhere, or its output was removed here.'
    : 'Its beginning and its end, from its record: it ran elsewhere, or its output was removed here.';
}

/** In the place of a stream of an attempt that is over, where nothing of it is here. */
export function noOutputWords(kept: KeptOutput | null): string {
  if (kept?.sizeBytes === undefined) return 'Nothing that it printed is here.';
  if (kept.sizeBytes === 0) return 'It printed nothing.';
  return `It printed ${formatBytes(kept.sizeBytes)}, which is not here: it ran elsewhere, or its output was removed.`;
}

/** Of a job that was never tried here or, as far as its record says, anywhere. */
export function noAttemptWords(job: BatchJob): string {
  switch (job.status) {
    case 'created':
    case 'pending':
    case 'running':
      return 'It has not run yet, so there is no output.';
    case 'completed':
      return ELSEWHERE;
    case 'failed':
      // One that failed here without an attempt says why: a job that it had to wait for failed.
      return jobdeckOf(job)?.error === undefined ? ELSEWHERE : NEVER;
    case 'cancelled':
    case 'expired':
      return NEVER;
  }
}

const ELSEWHERE = 'It ran elsewhere, and what it printed did not come with it.';
const NEVER = 'It did not run, so there is no output.';
