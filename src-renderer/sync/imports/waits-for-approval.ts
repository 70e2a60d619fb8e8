import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';

/** Whether an imported record could run here, which its owner has to approve first. */
export function waitsForApproval(job: BatchJob): boolean {
  return (job.status === 'created' || job.status === 'pending') && jobdeckOf(job)?.task !== undefined;
}
