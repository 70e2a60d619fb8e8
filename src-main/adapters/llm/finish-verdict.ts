/** What a finish reason means for the attempt. */
import type { StopReason } from '#shared/job/batch-job.ts';
import { excerptOf } from '../http/excerpt.ts';
import type { Verdict } from '../http/exchange.ts';
import { type EndpointProblem, stopReasonOf } from './endpoint-problem.ts';

/**
 * - reached its limit of tokens: `max_tokens_exceeded`, failed, for the answer is not all there
 * - ended by the endpoint (a content filter, an abort): `llm_api_error`, failed
 * - anything else, a tool call too: `end_turn`
 */
export function verdictOfFinish(finishReason: string | undefined): Verdict {
  switch (finishReason) {
    case 'length':
    case 'max_tokens':
    case 'max_output_tokens':
      return modelFailure(
        'max_tokens_exceeded',
        `The answer reached the limit of tokens and is not all there (finish reason "${finishReason}"): raise max_tokens, or the context length of the model.`,
      );
    case 'content_filter':
      return modelFailure(
        'llm_api_error',
        "The endpoint's content filter ended the answer: change the request.",
      );
    case 'abort':
    case 'error':
    case 'cancelled':
    case 'failed':
      return modelFailure(
        'llm_api_error',
        `The endpoint broke the answer off (finish reason "${finishReason}").`,
      );
    case 'queued':
    case 'in_progress':
      return modelFailure(
        'invalid_llm_response',
        `The endpoint answered before there was an answer (status "${finishReason}"): set background to false in the request.`,
      );
    default:
      return { outcome: 'completed', stopReason: 'end_turn' };
  }
}

/** A failure of the model or its endpoint. */
export function modelFailure(stopReason: StopReason, message: string): Verdict {
  return { outcome: 'failed', stopReason, error: { code: 'model', message } };
}

/** Some servers repeat the whole request in their message, characters. */
const MAX_MESSAGE_LENGTH = 1000;

/**
 * A failure that the endpoint itself tells of.
 * @param status of the answer; undefined in the middle of a stream
 */
export function endpointFailure(
  before: string,
  problem: EndpointProblem,
  redact: readonly string[],
  status?: number,
): Verdict {
  const message = excerptOf(problem.message, MAX_MESSAGE_LENGTH, redact);
  return modelFailure(stopReasonOf(problem, status), message === '' ? `${before}.` : `${before}: ${message}`);
}
