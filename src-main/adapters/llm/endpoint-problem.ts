/** What an endpoint says of its own failure, in the shapes that servers use, and what that means for the record. */
import type { StopReason } from '#shared/job/batch-job.ts';
import { isObject, type JsonObject, objectsIn, textOf } from './json-value.ts';

export interface EndpointProblem {
  message: string;
  /** The names that the endpoint has for it ("context_length_exceeded"), all together. */
  names: readonly string[];
}

/**
 * The problem that a body or an event tells of; null where it tells of none.
 *
 * - `{error: {message, type, param, code}}`: OpenAI, Ollama, vLLM, and llama.cpp with a number for `code`
 * - `{error: "text"}`: LM Studio, even with status 200, and Ollama in the middle of a stream
 * - `{object: "error", message, type, code}`: vLLM before 0.10, `{type: "error", message, code}`: `responses`
 * - `{detail: "text"}`, `{detail: [{msg, loc}]}`: FastAPI, under vLLM and many others
 */
export function endpointProblem(body: unknown): EndpointProblem | null {
  if (!isObject(body)) return null;
  const { error, detail } = body;
  if (isObject(error)) return problemOf(error);
  if (textOf(error) !== undefined) return { message: String(error), names: [] };
  if (body.object === 'error' || body.type === 'error') return problemOf(body);
  if (textOf(detail) !== undefined) return { message: String(detail), names: [] };
  const details = objectsIn(body, 'detail').map(({ msg, loc }) =>
    [Array.isArray(loc) ? loc.join('.') : '', textOf(msg) ?? ''].filter((part) => part !== '').join(': '),
  );
  return details.length === 0 ? null : { message: details.join('; '), names: [] };
}

function problemOf(error: JsonObject): EndpointProblem {
  const names = [error.type, error.code].filter((name) => typeof name === 'string');
  const message = textOf(error.message) ?? (names.join(', ') || JSON.stringify(error));
  return { message, names };
}

/** @param status of the answer; undefined in the middle of a stream */
export function stopReasonOf({ message, names }: EndpointProblem, status?: number): StopReason {
  const says = (name: string) => names.some((given) => given.toLowerCase() === name);
  if (status === 402 || NO_CREDIT_NAMES.some(says) || NO_CREDIT.test(message)) return 'insufficient_credits';
  if (OVERFLOW_NAMES.some(says) || OVERFLOW.some((words) => words.test(message)))
    return 'context_window_overflow_in_system_prompt';
  return 'llm_api_error';
}

const NO_CREDIT_NAMES = ['insufficient_quota', 'billing_hard_limit_reached', 'insufficient_credits'];
const NO_CREDIT =
  /exceeded your current quota|insufficient (?:credit|balance|quota|fund)|credit balance is too low/i;

const OVERFLOW_NAMES = ['context_length_exceeded', 'exceed_context_size_error'];
/** How each server says that a request is longer than its model's context. */
const OVERFLOW: readonly RegExp[] = [
  // OpenAI, vLLM: "This model's maximum context length is 4096 tokens. However, ..."
  /maximum context length/i,
  // OpenAI, responses: "Your input exceeds the context window of this model."
  /exceeds? the context (?:window|length|size)/i,
  // llama.cpp: "the request exceeds the available context size, try increasing it"
  /exceeds? the available context/i,
  // vLLM: "The decoder prompt (length 5000) is longer than the maximum model length of 4096."
  /longer than the maximum model length/i,
  // LM Studio: "The number of tokens to keep from the initial prompt is greater than the context length."
  /greater than the context length/i,
  // LM Studio: "Trying to keep the first 9000 tokens when context the overflows."
  /when (?:the )?context (?:the )?overflows/i,
  // Ollama: "the input length exceeds the context length", "prompt too long; exceeded max context length"
  /exceed(?:s|ed) (?:the |max )*context length/i,
];
