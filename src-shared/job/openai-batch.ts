/** OpenAI's Batch API as far as its files go: what a line asks for, and the batch that replays a file. */
import { AppError } from '../app-error.ts';
import type { OpenAiBatchFile } from '../contract/items.ts';
import type { JobdeckRequest } from './jobdeck-metadata.ts';
import { LLM_ENDPOINTS, type LlmTask } from './tasks.ts';

/** The endpoint that a line's `url` means: `/v1/chat/completions` and so on; null for one that no task can have. */
export function endpointOfUrl(url: unknown): LlmTask['endpoint'] | null {
  return LLM_ENDPOINTS.find((endpoint) => url === `/v1/${endpoint}`) ?? null;
}

export interface OpenAiBatchOptions {
  name?: string;
  /** Where the requests go; where absent, to the profile that the record's `agent_id` names. */
  baseUrl?: string;
  /** Instead of the model that each request names. */
  model?: string;
  concurrency?: number;
}

/**
 * A batch with one model call a line. Answers come as a whole, so that they can be exported as the API's output file.
 * @throws AppError `invalid-document` with the first thing that is wrong with the file
 */
export function openAiBatchJob(file: OpenAiBatchFile, options: OpenAiBatchOptions = {}): JobdeckRequest {
  const { name = nameOf(file.path), baseUrl, model, concurrency } = options;
  const endpoint = endpointOfUrl(`/v1/${file.endpoint}`);
  const [problem] = file.problems;
  if (problem !== undefined) {
    throw new AppError('invalid-document', `${problem.message} (${file.path}, line ${problem.line})`);
  }
  if (endpoint === null) {
    throw new AppError('invalid-document', `Expected requests in ${file.path}, got none.`);
  }
  return {
    name,
    task: {
      kind: 'llm',
      endpoint,
      ...(baseUrl !== undefined && { base_url: baseUrl }),
      ...(model !== undefined && { model }),
      request: '{{item.body}}',
      stream: false,
    },
    items: { file: file.path, format: 'jsonl' },
    ...(concurrency !== undefined && { concurrency }),
  };
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
