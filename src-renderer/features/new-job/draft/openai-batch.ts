/** A draft that replays an OpenAI Batch input file against a model of one's own. */
import type { OpenAiBatchFile } from '#shared/contract/channels.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { JOBDECK_METADATA_VERSION } from '#shared/job/jobdeck-metadata.ts';
import { LLM_ENDPOINTS, type LlmTask } from '#shared/job/tasks.ts';
import { baseName } from './items.ts';

/** Where the requests of the file go: to a saved profile, or to an address. */
export interface OpenAiBatchTarget {
  agentId: string;
  baseUrl: string;
}

/** The endpoint of the file where it is one that a task can have. */
export function endpointOf(file: OpenAiBatchFile): LlmTask['endpoint'] | null {
  const name = file.endpoint?.replace(/^\/?(?:v1\/)?/u, '');
  return LLM_ENDPOINTS.find((each) => each === name) ?? null;
}

/** @param endpoint that of the file, as `endpointOf` gives it */
export function openAiBatchDraft(
  file: OpenAiBatchFile,
  endpoint: LlmTask['endpoint'],
  { agentId, baseUrl }: OpenAiBatchTarget,
): BatchJobDocument {
  return {
    job_type: 'batch',
    ...(agentId !== '' && { agent_id: agentId }),
    metadata: {
      jobdeck: {
        version: JOBDECK_METADATA_VERSION,
        name: baseName(file.path),
        task: {
          kind: 'llm',
          endpoint,
          ...(baseUrl !== '' && { base_url: baseUrl }),
          request: '{{item.body}}',
          // Answered as a whole, the answer is kept as the API's output file has it.
          stream: false,
        },
        items: { file: file.path, format: 'jsonl' },
      },
    },
  };
}
