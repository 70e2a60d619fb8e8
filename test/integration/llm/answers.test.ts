import { describe, expect, it } from 'vitest';
import { FLAVOURS, usageOf } from '../../fakes/model-wire.ts';
import { chat, openModelBench, REQUESTS, serveModel } from './harness.ts';

const STREAMED = ['chat/completions', 'completions', 'responses'] as const;
const TOKENS = ['say ', 'a ', 'few ', 'words'];
const USAGE = usageOf({ tokens: TOKENS });
const usageFor = (endpoint: string) =>
  endpoint === 'responses'
    ? {
        input_tokens: USAGE.prompt_tokens,
        output_tokens: USAGE.completion_tokens,
        total_tokens: USAGE.total_tokens,
      }
    : USAGE;
const finishFor = (endpoint: string) => (endpoint === 'responses' ? 'completed' : 'stop');

describe.each(FLAVOURS)('%s', (flavour) => {
  it.each(STREAMED)('streams %s: text, usage and finish reason are kept', async (endpoint) => {
    const server = await serveModel({ flavour });
    const { run, output } = openModelBench();
    const report = await run(chat(server.baseUrl, { endpoint, request: REQUESTS[endpoint] }));
    expect(report).toMatchObject({
      outcome: 'completed',
      stopReason: 'end_turn',
      result: {
        status_code: 200,
        request_id: 'req_1',
        text: 'say a few words',
        usage: usageFor(endpoint),
        finish_reason: finishFor(endpoint),
        stdout: 'say a few words',
      },
    });
    expect(report.result).not.toHaveProperty('body');
    expect(report.ttftNs).toBeLessThanOrEqual(report.durationNs);
    expect(output().toString()).toBe('say a few words');
    expect(server.calls[0]).toMatchObject({
      endpoint,
      body: { stream: true },
      headers: { accept: 'text/event-stream' },
    });
    expect('stream_options' in (server.calls[0]?.body ?? {})).toBe(endpoint !== 'responses');
  });

  it.each(STREAMED)('answers %s as a whole where the task wants no stream', async (endpoint) => {
    const server = await serveModel({ flavour });
    const { run } = openModelBench();
    const task = chat(server.baseUrl, { endpoint, request: REQUESTS[endpoint], stream: false });
    const report = await run(task);
    expect(report).toMatchObject({
      outcome: 'completed',
      stopReason: 'end_turn',
      result: {
        text: 'say a few words',
        usage: usageFor(endpoint),
        finish_reason: finishFor(endpoint),
        stdout: 'say a few words',
      },
    });
    expect(report.result.body).toMatchObject({ model: 'test-model' });
    expect(server.calls[0]?.body).toEqual(REQUESTS[endpoint]);
  });

  it('keeps reasoning apart from the answer, and counts it as first output', async () => {
    const reasoning = ['Let me ', 'think.'];
    const server = await serveModel({ flavour, reply: () => ({ reasoning }) });
    const { run, output } = openModelBench();
    const report = await run(chat(server.baseUrl));
    expect(report.result).toMatchObject({
      text: 'say a few words',
      stdout: 'say a few words',
      stderr: 'Let me think.',
    });
    expect(output('stderr').toString()).toBe('Let me think.');
  });
});

describe('embeddings', () => {
  const task = (baseUrl: string, request: Record<string, unknown> = REQUESTS.embeddings) =>
    chat(baseUrl, { endpoint: 'embeddings', request });

  it('are never streamed, and are told in a sentence', async () => {
    const server = await serveModel({ reply: () => ({ dimensions: 768 }) });
    const { run, output } = openModelBench();
    const report = await run(task(server.baseUrl, { ...REQUESTS.embeddings, input: ['a', 'b'] }));
    expect(report).toMatchObject({
      outcome: 'completed',
      stopReason: 'end_turn',
      result: { text: '2 embeddings of 768 dimensions', usage: { prompt_tokens: 3, total_tokens: 3 } },
    });
    expect(server.calls[0]?.body).not.toHaveProperty('stream');
    expect(JSON.parse(output().toString())).toEqual(report.result.body);
  });

  it('in base64 are told too', async () => {
    const embedding = Buffer.alloc(4 * 256).toString('base64');
    const server = await serveModel({ reply: () => ({ status: 200, body: { data: [{ embedding }] } }) });
    expect((await openModelBench().run(task(server.baseUrl))).result.text).toBe(
      '1 embedding of 256 dimensions',
    );
  });

  it('that are too large for a record are in the output alone, and the record says so', async () => {
    const server = await serveModel({ reply: () => ({ dimensions: 400_000 }) });
    const { run, output } = openModelBench();
    const report = await run(task(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'completed',
      result: { text: '1 embedding of 400000 dimensions' },
    });
    expect(report.result).not.toHaveProperty('body');
    expect(report.result.stderr).toContain('result.body is left out');
    expect(JSON.parse(output().toString()).data[0].embedding).toHaveLength(400_000);
  });

  it.each([
    ['nothing', { data: [] }],
    ['something else', { data: [{ embedding: 'x' }, { embedding: null }] }],
    ['other JSON', { hello: 'world' }],
  ])('that hold %s are an invalid answer', async (_, body) => {
    const server = await serveModel({ reply: () => ({ status: 200, body }) });
    const report = await openModelBench().run(task(server.baseUrl));
    expect(report).toMatchObject({
      outcome: 'failed',
      stopReason: 'invalid_llm_response',
      error: { code: 'model' },
    });
  });
});

describe('a request', () => {
  it('goes to the endpoint below base_url, with its query and the token', async () => {
    const server = await serveModel();
    await openModelBench().run(chat(`${server.baseUrl}/?api-version=1`), { bearerToken: 'hunter2!' });
    expect(server.calls[0]?.headers).toMatchObject({
      authorization: 'Bearer hunter2!',
      'content-type': 'application/json',
      'user-agent': 'Jobdeck/1.2.3',
    });
  });

  it.each([
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }],
    ['several choices', { n: 2 }],
    ['log probabilities', { logprobs: true }],
    ['no stream', { stream: false }],
  ])('with %s is asked for as a whole', async (_, more) => {
    const server = await serveModel();
    const request = { ...REQUESTS['chat/completions'], stream: true, ...more };
    const report = await openModelBench().run(chat(server.baseUrl, { request }));
    expect(server.calls[0]?.body).toEqual({ ...request, stream: false });
    expect(report.result).toHaveProperty('body');
  });

  it.each([
    ['no address', { base_url: undefined }, 'agent_id'],
    ['an address that is none', { base_url: 'localhost:11434' }, 'http:// or https://'],
    ['a password in its address', { base_url: 'http://me:hunter2@localhost/' }, 'no user name'],
    ['a request that is not an object', { request: 'text' }, 'an object'],
  ])('with %s is a task to correct', async (_, more, words) => {
    const report = await openModelBench().run({ ...chat('http://127.0.0.1:1/v1'), ...more });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'invalid-task' } });
    expect(report.error?.message).toContain(words);
    expect(report.stopReason).toBeUndefined();
  });
});

it('a tool call is the end of a turn, and is in the body', async () => {
  const message = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }],
  };
  const body = { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] };
  const server = await serveModel({ reply: () => ({ status: 200, body }) });
  const report = await openModelBench().run(chat(server.baseUrl, { stream: false }));
  expect(report).toMatchObject({ outcome: 'completed', stopReason: 'end_turn', result: { text: '', body } });
});

it('a server that knows no streams answers as a whole', async () => {
  const server = await serveModel({
    reply: () => ({
      status: 200,
      body: { choices: [{ message: { content: 'all at once' }, finish_reason: 'stop' }] },
    }),
  });
  const report = await openModelBench().run(chat(server.baseUrl));
  expect(report).toMatchObject({
    outcome: 'completed',
    result: { text: 'all at once', finish_reason: 'stop' },
  });
});

it('a long answer is cut in the record, and whole in the output file', async () => {
  const tokens = Array.from({ length: 30_000 }, (_, at) => `${at} `);
  const server = await serveModel({ reply: () => ({ tokens }) });
  const { run, output } = openModelBench();
  const { result } = await run(chat(server.baseUrl));
  expect(output().toString()).toBe(tokens.join(''));
  expect(result.text?.length).toBeLessThan(66_000);
  expect(result.text).toMatch(/\n\[\.\.\. \d+ characters left out: the output file has them \.\.\.\]$/);
});

it('a secret that the model repeats is in no output and no record', async () => {
  const tokens = ['the key is hun', 'ter2!', ' indeed'];
  const server = await serveModel({ reply: () => ({ tokens }) });
  const { run, output } = openModelBench();
  const { result } = await run(chat(server.baseUrl), { redact: ['hunter2!'] });
  expect(result).toMatchObject({ text: 'the key is [secret] indeed', stdout: 'the key is [secret] indeed' });
  expect(output().toString()).toBe('the key is [secret] indeed');
});

it('the connection is used for the next call', async () => {
  const sockets = new Set<unknown>();
  const server = await serveModel({
    takeOver(response) {
      sockets.add(response.socket);
      return false;
    },
  });
  const { run } = openModelBench();
  for (let round = 0; round < 5; round += 1) await run(chat(server.baseUrl));
  expect(server.calls).toHaveLength(5);
  expect(sockets.size).toBe(1);
});
