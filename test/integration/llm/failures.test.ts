import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startTlsServer, unusedOrigin } from '../../fakes/http-server.ts';
import { FLAVOURS, OVERFLOWS, STREAM_ERRORS, streamPieces, UNKNOWN_MODELS } from '../../fakes/model-wire.ts';
import { aborter } from '../http/harness.ts';
import { chat, openModelBench, serveModel } from './harness.ts';

const TOKENS = { tokens: ['one ', 'two ', 'three'] };

/** Streams the first events of an answer, then does something else. */
function afterTwoTokens(
  then: (response: ServerResponse) => void,
  flavour: (typeof FLAVOURS)[number] = 'openai',
) {
  return serveModel({
    takeOver(response) {
      const pieces = streamPieces('chat/completions', flavour, TOKENS);
      const end = pieces.findIndex((piece) => piece.includes('two ')) + 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(pieces.slice(0, end).join(''), () => then(response));
      return true;
    },
  });
}

describe.each(FLAVOURS)('%s', (flavour) => {
  it('says that the context is too small', async () => {
    const server = await serveModel({ flavour, reply: () => OVERFLOWS[flavour] });
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'context_window_overflow_in_system_prompt',
      error: { code: 'model' },
      result: { status_code: 400, body: OVERFLOWS[flavour].body },
    });
    expect(report.error?.message).toMatch(/context/);
  });

  it('says that it has no such model', async () => {
    const error = UNKNOWN_MODELS[flavour];
    const server = await serveModel({ flavour, reply: () => error });
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'llm_api_error',
      error: { code: 'model' },
      result: { status_code: error.status },
    });
    expect(report.error?.message).toMatch(/model/);
  });

  it('fails in the middle of a stream: what came is kept', async () => {
    const server = await afterTwoTokens((response) => response.end(STREAM_ERRORS[flavour]), flavour);
    const { run, output } = openModelBench();
    const report = await run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'llm_api_error',
      error: { code: 'model', message: 'The endpoint broke the answer off: The server had an error' },
      result: { text: 'one two ' },
    });
    expect(output().toString()).toBe('one two ');
  });
});

describe('the end of an answer', () => {
  it.each([
    ['length', 'chat/completions', 'max_tokens_exceeded'],
    ['content_filter', 'chat/completions', 'llm_api_error'],
    ['abort', 'chat/completions', 'llm_api_error'],
    ['max_output_tokens', 'responses', 'max_tokens_exceeded'],
    ['content_filter', 'responses', 'llm_api_error'],
  ] as const)(
    '%s of %s is a failure with %s, and the text is kept',
    async (finishReason, endpoint, stopReason) => {
      const server = await serveModel({ reply: () => ({ finishReason }) });
      const request = {
        model: 'm',
        messages: [{ role: 'user', content: 'a few words' }],
        input: 'a few words',
      };
      for (const stream of [true, false]) {
        const report = await openModelBench().run(chat(server.baseUrl, { endpoint, request, stream }));
        expect(report).toMatchObject({
          outcome: 'failed',
          stopReason,
          error: { code: 'model' },
          result: { text: 'a few words', finish_reason: finishReason },
        });
      }
    },
  );

  it('that does not come makes the stream an invalid answer', async () => {
    const server = await afterTwoTokens((response) => response.end());
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'invalid_llm_response',
      error: { code: 'model', message: expect.stringContaining('in the middle of the answer') },
      result: { text: 'one two ' },
    });
  });

  it('is known by its finish reason where [DONE] is left out', async () => {
    const server = await serveModel({
      takeOver(response) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(streamPieces('chat/completions', 'openai', TOKENS).slice(0, -1).join(''));
        return true;
      },
    });
    expect(await openModelBench().run(chat(server.baseUrl))).toMatchObject({ outcome: 'completed' });
  });

  it('is not waited for once [DONE] was read', async () => {
    const server = await serveModel({
      takeOver(response) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(streamPieces('chat/completions', 'openai', TOKENS).join(''));
        return true;
      },
    });
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({ outcome: 'completed', result: { text: 'one two three' } });
  });
});

describe('an endpoint', () => {
  it.each([
    [402, { error: { message: 'Insufficient credits' } }, 'insufficient_credits'],
    [
      429,
      { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
      'insufficient_credits',
    ],
    [429, { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } }, 'llm_api_error'],
    [401, { error: { message: 'Incorrect API key provided' } }, 'llm_api_error'],
    [422, { detail: [{ loc: ['body', 'messages'], msg: 'Field required' }] }, 'llm_api_error'],
    [503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, 'llm_api_error'],
  ])('that answers %i %j ends with %s', async (status, body, stopReason) => {
    const server = await serveModel({ reply: () => ({ status, body, headers: { 'retry-after': '3' } }) });
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason,
      retryAfterMs: 3000,
      error: { code: 'model' },
      result: { status_code: status, body },
    });
  });

  it('that wants a token says what to do', async () => {
    const server = await serveModel({
      reply: () => ({ status: 401, body: { error: { message: 'No key.' } } }),
    });
    const { run } = openModelBench();
    expect((await run(chat(server.baseUrl))).error?.message).toContain('name a secret in a model profile');
    const withToken = await run(chat(server.baseUrl), { bearerToken: 'abcd' });
    expect(withToken.error?.message).toContain('Check the secret of the model profile');
  });

  it('that is not where base_url says is found by its path', async () => {
    const server = await serveModel();
    const report = await openModelBench().run(chat(server.baseUrl.replace('/v1', '')));
    expect(report.error?.message).toContain('Most end in /v1');
  });

  it('that says 200 to what it does not know has failed', async () => {
    const server = await serveModel({ flavour: 'lm-studio' });
    const report = await openModelBench().run(chat(server.baseUrl.replace('/v1', '')));
    expect(report).toMatchObject({ outcome: 'failed', stopReason: 'llm_api_error' });
    expect(report.error?.message).toContain('Unexpected endpoint or method');
  });

  it.each([
    ['a page', 'text/html', '<!doctype html><title>Welcome</title>'],
    ['broken JSON', 'application/json', '{"choices": [{'],
    ['other JSON', 'application/json', '{"hello":"world"}'],
    ['no choices', 'application/json', '{"choices":[]}'],
    ['a stream of something else', 'text/event-stream', 'data: hello\n\n'],
    ['an empty stream', 'text/event-stream', 'data: [DONE]\n\n'],
    ['nothing', 'application/json', ''],
  ])('that answers with %s gives an invalid answer', async (_, type, body) => {
    const server = await serveModel({
      takeOver(response) {
        response.writeHead(200, { 'content-type': type }).end(body);
        return true;
      },
    });
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'invalid_llm_response',
      error: { code: 'model' },
    });
  });

  it('that redirects is not followed', async () => {
    const server = await serveModel({
      reply: () => ({ status: 308, body: {}, headers: { location: 'https://elsewhere.test/v1' } }),
    });
    const report = await openModelBench().run(chat(server.baseUrl), { bearerToken: 'hunter2!' });
    expect(report).toMatchObject({ outcome: 'failed', stopReason: 'llm_api_error' });
    expect(report.error?.message).toContain('It sends on to https://elsewhere.test/v1: correct base_url.');
  });
});

describe('the way to an endpoint', () => {
  it('that no one listens at is a network failure of the endpoint', async () => {
    const report = await openModelBench().run(chat(`${await unusedOrigin()}/v1`));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'llm_api_error',
      error: { code: 'network' },
    });
  });

  it('that is not safe is a failure of TLS', async () => {
    const server = await startTlsServer('expired');
    const report = await openModelBench().run(chat(`${server.origin}/v1`));
    expect(report).toMatchObject({ outcome: 'failed', stopReason: 'llm_api_error', error: { code: 'tls' } });
  });

  it('that breaks in the middle of a stream is a network failure of the endpoint', async () => {
    const server = await afterTwoTokens((response) => response.socket?.resetAndDestroy());
    const report = await openModelBench().run(chat(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'llm_api_error',
      error: { code: 'network' },
    });
  });

  it('that hangs in the middle of a stream ends with the time', async () => {
    const server = await afterTwoTokens(() => undefined);
    const report = await openModelBench().run(chat(server.baseUrl), { timeoutMs: 300 });
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'llm_api_error',
      error: { code: 'timeout' },
    });
  });

  it('is closed when the attempt is cancelled in the middle of a stream', async () => {
    const streaming = Promise.withResolvers<ServerResponse>();
    const server = await afterTwoTokens(streaming.resolve);
    const { signal, abort } = aborter();
    const whole = openModelBench().run(chat(server.baseUrl), { signal });
    const response = await streaming.promise;
    abort();
    await once(response, 'close');
    expect(await whole).toMatchObject({ outcome: 'cancelled' });
    expect((await whole).stopReason).toBeUndefined();
  });
});
