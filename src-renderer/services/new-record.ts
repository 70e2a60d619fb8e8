/** From what a person wrote to a record that can be kept: nothing that a runner found comes along. */
import { type BatchJob, type BatchJobDocument, jobdeckOf } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import { newJob, requestOf } from '#shared/job/new-job.ts';

/** @param profileId the local profile, the job's owner */
export function newRecord(document: BatchJobDocument, profileId: string): BatchJob {
  const { jobdeck: _, ...metadata } = document.metadata ?? {};
  const jobdeck = jobdeckOf({ metadata: document.metadata ?? null });
  const job = newJob(
    jobdeck ? requestOf(jobdeck) : {},
    { now: new Date().toISOString(), uuid: () => crypto.randomUUID(), by: profileId },
    { jobType: document.job_type ?? 'job', callbackUrl: document.callback_url ?? null, metadata },
  );
  return { ...job, id: parseJobId(document.id) ?? job.id, agent_id: document.agent_id ?? null };
}
