import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../../src-main/adapters/validators/index.ts';
import { formOf } from '../../../../../src-renderer/features/new-job/draft/draft.ts';
import {
  endpointOf,
  openAiBatchDraft,
} from '../../../../../src-renderer/features/new-job/draft/openai-batch.ts';

const file = { path: '/home/ada/requests.jsonl', requests: 2, models: ['m'], problems: [] };
const agentId = 'agent-0f8fad5b-d9cb-469f-a165-70867728950e';

describe('a draft from an OpenAI Batch file', () => {
  it('calls the model with the body of each line, and keeps the answer whole', () => {
    const document = openAiBatchDraft(
      { ...file, endpoint: 'chat/completions' },
      {
        agentId,
        baseUrl: '',
      },
    );
    expect(checkDocument(document)).toEqual([]);
    expect(document).toMatchObject({ job_type: 'batch', agent_id: agentId });
    expect(document.metadata?.jobdeck).toMatchObject({
      name: 'requests.jsonl',
      task: { kind: 'llm', endpoint: 'chat/completions', request: '{{item.body}}', stream: false },
      items: { file: '/home/ada/requests.jsonl', format: 'jsonl' },
    });
    expect(formOf(document)).toMatchObject({ kind: 'model', agentId, baseUrl: '', request: '{{item.body}}' });
  });

  it('goes to an address where no profile was chosen', () => {
    const document = openAiBatchDraft(
      { ...file, endpoint: 'embeddings' },
      {
        agentId: '',
        baseUrl: 'http://127.0.0.1:11434/v1',
      },
    );
    expect(document).not.toHaveProperty('agent_id');
    expect(document.metadata?.jobdeck?.task).toMatchObject({ base_url: 'http://127.0.0.1:11434/v1' });
  });

  it.each([
    ['chat/completions', 'chat/completions'],
    ['embeddings', 'embeddings'],
    ['images', null],
    [null, null],
  ])('is for the endpoint %s as the task %s', (endpoint, expected) => {
    expect(endpointOf({ ...file, endpoint })).toBe(expected);
  });
});
