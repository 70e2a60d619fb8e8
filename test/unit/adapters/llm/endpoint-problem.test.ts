import { describe, expect, it } from 'vitest';
import { endpointProblem, stopReasonOf } from '../../../../src-main/adapters/llm/endpoint-problem.ts';

describe('a problem', () => {
  it.each([
    [{ error: { message: 'm', type: 't', code: 'c' } }, { message: 'm', names: ['t', 'c'] }],
    [{ error: { message: 'm', type: 't', code: 400 } }, { message: 'm', names: ['t'] }],
    [{ error: 'text' }, { message: 'text', names: [] }],
    [
      { object: 'error', message: 'm', type: 'BadRequestError', code: 400 },
      { message: 'm', names: ['BadRequestError'] },
    ],
    [
      { type: 'error', code: 'c', message: 'm' },
      { message: 'm', names: ['error', 'c'] },
    ],
    [{ detail: 'Not Found' }, { message: 'Not Found', names: [] }],
    [
      { detail: [{ loc: ['body', 'n'], msg: 'too big' }, { msg: 'odd' }] },
      { message: 'body.n: too big; odd', names: [] },
    ],
    [{ error: { type: 'only_a_type' } }, { message: 'only_a_type', names: ['only_a_type'] }],
    [{ error: { strange: 1 } }, { message: '{"strange":1}', names: [] }],
  ])('is read from %j', (body, expected) => {
    expect(endpointProblem(body)).toEqual(expected);
  });

  it.each([
    [{ error: null }],
    [{ error: '' }],
    [{ detail: [] }],
    [{ choices: [] }],
    ['error'],
    [null],
    [[1]],
  ])('is not read from %j', (body) => {
    expect(endpointProblem(body)).toBeNull();
  });
});

describe('the stop reason', () => {
  const OVERFLOW = 'context_window_overflow_in_system_prompt';
  it.each([
    ['prompt too long; exceeded max context length by 5 tokens', OVERFLOW],
    ['the input length exceeds the context length', OVERFLOW],
    ['Your input exceeds the context window of this model.', OVERFLOW],
    ['The decoder prompt (length 5000) is longer than the maximum model length of 4096.', OVERFLOW],
    ['The number of tokens to keep from the initial prompt is greater than the context length.', OVERFLOW],
    ["This model's maximum context length is 8192 tokens.", OVERFLOW],
    ['You exceeded your current quota, please check your plan and billing details.', 'insufficient_credits'],
    ['Insufficient Balance', 'insufficient_credits'],
    ['Your credit balance is too low to access the API.', 'insufficient_credits'],
    ['The context was cancelled', 'llm_api_error'],
    ['Quota metric exceeded for requests per minute', 'llm_api_error'],
  ])('of "%s" is %s', (message, expected) => {
    expect(stopReasonOf({ message, names: [] })).toBe(expected);
  });

  it.each([
    [['invalid_request_error', 'context_length_exceeded'], OVERFLOW],
    [['exceed_context_size_error'], OVERFLOW],
    [['insufficient_quota'], 'insufficient_credits'],
    [['rate_limit_exceeded'], 'llm_api_error'],
  ])('of the names %j is %s', (names, expected) => {
    expect(stopReasonOf({ message: '', names })).toBe(expected);
  });

  it('of 402 is a lack of credit, whatever is said', () => {
    expect(stopReasonOf({ message: '', names: [] }, 402)).toBe('insufficient_credits');
  });
});
