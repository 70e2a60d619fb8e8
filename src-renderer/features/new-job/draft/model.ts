/** A model call. Its request is free JSON: see `model-request.ts`. */
import { LLM_ENDPOINTS, type LlmTask } from '#shared/job/tasks.ts';
import { anything, at, type Fields, flag, inTask, text } from './fields.ts';

export interface ModelForm {
  agentId: string;
  endpoint: LlmTask['endpoint'];
  baseUrl: string;
  request: unknown;
  stream: boolean;
}

export const MODEL_FIELDS: Fields<ModelForm> = {
  agentId: at('agent_id', text),
  endpoint: inTask('endpoint', {
    read: (value) => LLM_ENDPOINTS.find((each) => each === value) ?? 'chat/completions',
    write: (value) => value,
  }),
  baseUrl: inTask('base_url', text),
  request: inTask('request', anything),
  stream: inTask('stream', flag(true)),
};
