/** A draft that replays an OpenAI Batch input file against a model of one's own. */
import type { OpenAiBatchFile } from '#shared/contract/items.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { JOBDECK_METADATA_VERSION } from '#shared/job/jobdeck-metadata.ts';
import { endpointOfUrl, openAiBatchJob } from '#shared/job/openai-batch.ts';
import type { LlmTask } from '#shared/job/tasks.ts';

/** Where the requests of the file go: to a saved profile, or to an address. */
export interface OpenAiBatchTarget {
  agentId: string;
  baseUrl: string;
}

/** The endpoint of the file where it is one that a task can have. */
export function endpointOf(file: OpenAiBatchFile): LlmTask['endpoint'] | null {
  return endpointOfUrl(`/v1/${file.endpoint}`);
}

/** @throws AppError `invalid-document` where something is wrong with the file */
export function openAiBatchDraft(
  file: OpenAiBatchFile,
  { agentId, baseUrl }: OpenAiBatchTarget,
): BatchJobDocument {
  const request = openAiBatchJob(file, baseUrl === '' ? {} : { baseUrl });
  return {
    job_type: 'batch',
    ...(agentId !== '' && { agent_id: agentId }),
    metadata: { jobdeck: { version: JOBDECK_METADATA_VERSION, ...request } },
  };
}
