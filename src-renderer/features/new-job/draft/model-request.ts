/** The parts of a model's request that have fields of their own. Everything else of it stays as it is. */
import type { LlmTask } from '#shared/job/tasks.ts';
import { withValueAt } from './place.ts';
import { isObject, type JsonObject, numberOf, objectOf, textOf } from './values.ts';

type Endpoint = LlmTask['endpoint'];

/** What is said to the model: `system` is null where the endpoint knows none. */
export interface Words {
  system: string | null;
  user: string;
}

interface Message {
  role: string;
  content: string;
}

/** The words of a request, or null where it has more than the form shows: several turns, pictures, tools. */
export function wordsOf(endpoint: Endpoint, request: unknown): Words | null {
  const object = objectOf(request);
  switch (endpoint) {
    case 'chat/completions':
      return wordsOfChat(object.messages ?? []);
    case 'responses':
      return isTextOrAbsent(object.input) && isTextOrAbsent(object.instructions)
        ? { system: textOf(object.instructions), user: textOf(object.input) }
        : null;
    case 'completions':
      return isTextOrAbsent(object.prompt) ? { system: null, user: textOf(object.prompt) } : null;
    case 'embeddings':
      return isTextOrAbsent(object.input) ? { system: null, user: textOf(object.input) } : null;
  }
}

/** The request with other words. */
export function withWords(endpoint: Endpoint, request: unknown, words: Words): JsonObject {
  const object = objectOf(request);
  switch (endpoint) {
    case 'chat/completions': {
      const first = Array.isArray(object.messages) ? objectOf(object.messages[0]) : {};
      const role = first.role === 'developer' ? 'developer' : 'system';
      const system: Message[] = words.system ? [{ role, content: words.system }] : [];
      return withValueAt(object, ['messages'], [...system, { role: 'user', content: words.user }]);
    }
    case 'responses':
      return withValueAt(
        withValueAt(object, ['instructions'], words.system || undefined),
        ['input'],
        words.user,
      );
    case 'completions':
      return withValueAt(object, ['prompt'], words.user);
    case 'embeddings':
      return withValueAt(object, ['input'], words.user);
  }
}

const WORDS_KEYS: Record<Endpoint, readonly string[]> = {
  'chat/completions': ['messages'],
  responses: ['instructions', 'input'],
  completions: ['prompt'],
  embeddings: ['input'],
};
const LIMIT_KEYS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'] as const;

/** The request for another endpoint: the same words and the same limit under the names that it knows. */
export function requestFor(to: Endpoint, from: Endpoint, request: unknown): unknown {
  if (!isObject(request) || to === from) return request;
  const words = wordsOf(from, request) ?? { system: null, user: '' };
  const limit = maxTokensOf(from, request);
  const dropped = [...WORDS_KEYS[from], ...LIMIT_KEYS];
  const rest = Object.fromEntries(Object.entries(request).filter(([key]) => !dropped.includes(key)));
  const worded = withWords(to, rest, words);
  return to === 'embeddings' ? worded : withMaxTokens(to, worded, limit);
}

export function modelOf(request: unknown): string {
  return textOf(objectOf(request).model);
}

export function withModel(request: unknown, model: string): JsonObject {
  const { model: _, ...rest } = objectOf(request);
  return model === '' ? rest : { model, ...rest };
}

export function temperatureOf(request: unknown): number | null {
  return numberOf(objectOf(request).temperature);
}

export function withTemperature(request: unknown, temperature: number | null): JsonObject {
  return withValueAt(objectOf(request), ['temperature'], temperature ?? undefined);
}

export function maxTokensOf(endpoint: Endpoint, request: unknown): number | null {
  return numberOf(objectOf(request)[limitKey(endpoint, request)]);
}

export function withMaxTokens(endpoint: Endpoint, request: unknown, limit: number | null): JsonObject {
  return withValueAt(objectOf(request), [limitKey(endpoint, request)], limit ?? undefined);
}

/** OpenAI's newer chat models know `max_completion_tokens` alone, other servers `max_tokens`: what is there stays. */
function limitKey(endpoint: Endpoint, request: unknown): (typeof LIMIT_KEYS)[number] {
  if (endpoint === 'responses') return 'max_output_tokens';
  return 'max_completion_tokens' in objectOf(request) ? 'max_completion_tokens' : 'max_tokens';
}

function wordsOfChat(messages: unknown): Words | null {
  if (!Array.isArray(messages) || !messages.every(isPlainMessage)) return null;
  const [first, second, ...others] = messages;
  if (others.length > 0) return null;
  if (first === undefined) return { system: '', user: '' };
  if (second === undefined && first.role === 'user') return { system: '', user: first.content };
  if (first.role !== 'system' && first.role !== 'developer') return null;
  if (second === undefined) return { system: first.content, user: '' };
  return second.role === 'user' ? { system: first.content, user: second.content } : null;
}

function isPlainMessage(value: unknown): value is Message {
  return isObject(value) && typeof value.content === 'string' && Object.keys(value).length === 2;
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
