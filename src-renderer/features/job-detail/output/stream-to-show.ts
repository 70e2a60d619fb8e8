import type { OutputStream } from '#shared/contract/output.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';

/** The stream to show first: the output, but the errors of a job that printed nothing else. */
export function streamToShow(result: JobResult | undefined): OutputStream {
  return result?.stdout_bytes === 0 && (result.stderr_bytes ?? 0) > 0 ? 'stderr' : 'stdout';
}
