import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import type { AnswerFormat } from '../../../../src-main/adapters/llm/answer-part.ts';
import { chatFormat, completionsFormat } from '../../../../src-main/adapters/llm/chat-format.ts';
import { readStream } from '../../../../src-main/adapters/llm/read-stream.ts';
import { responsesFormat } from '../../../../src-main/adapters/llm/responses-format.ts';
import { FLAVOURS, type Reply, streamOf, usageOf } from '../../../fakes/model-wire.ts';

const REPLY: Reply = { tokens: ['Grüße, ', '世', '👋🏽'], reasoning: ['Höflich?'] };

/** Reads a stream that comes in these pieces. */
async function read(chunks: readonly Uint8Array[], format: AnswerFormat = chatFormat) {
  const written = { stdout: '', stderr: '' };
  let marks = 0;
  const exchange = {
    signal: new AbortController().signal,
    result: {} as JobResult,
    markOutput: () => {
      marks += 1;
    },
    write: async (stream: 'stdout' | 'stderr', chunk: Uint8Array) => {
      written[stream] += Buffer.from(chunk).toString('utf8');
    },
  };
  const answer = {
    url: new URL('http://model.test/v1/chat/completions'),
    status: 200,
    reason: 'OK',
    headers: {},
    body: Readable.from(chunks, { objectMode: true }),
    end: () => undefined,
  };
  const verdict = await readStream(answer, format, [], exchange);
  return { verdict, ...exchange.result, ...written, marks };
}

const STREAMS = FLAVOURS.map(
  (flavour) => [flavour, Buffer.from(streamOf('chat/completions', flavour, REPLY))] as const,
);

describe.each([
  ...STREAMS.map(([flavour, bytes]) => [`chat/completions of ${flavour}`, chatFormat, bytes] as const),
  [
    'completions',
    completionsFormat,
    Buffer.from(streamOf('completions', 'vllm', { tokens: REPLY.tokens })),
  ] as const,
  ['responses', responsesFormat, Buffer.from(streamOf('responses', 'openai', REPLY))] as const,
])('a stream of %s', (name, format, bytes) => {
  it('comes to the same wherever it is cut', async () => {
    const whole = await read([bytes], format);
    expect(whole).toMatchObject({
      verdict: { outcome: 'completed' },
      text: 'Grüße, 世👋🏽',
      stdout: 'Grüße, 世👋🏽',
    });
    if (name !== 'completions') expect(whole.stderr).toBe('Höflich?');
    const { marks: _, ...expected } = whole;
    for (let at = 1; at < bytes.length; at += 1) {
      expect(await read([bytes.subarray(0, at), bytes.subarray(at)], format), `cut at ${at}`).toMatchObject(
        expected,
      );
    }
    expect(
      await read(
        [...bytes].map((byte) => Uint8Array.of(byte)),
        format,
      ),
    ).toMatchObject(expected);
  });

  it('that ends anywhere before its last token is not taken for a whole one', async () => {
    const lastToken = bytes.indexOf('👋🏽');
    for (let at = 0; at < lastToken; at += 1) {
      const { verdict } = await read([bytes.subarray(0, at)], format);
      expect(verdict, `ended at ${at}`).toMatchObject({
        outcome: 'failed',
        stopReason: 'invalid_llm_response',
      });
    }
  });
});

describe('the first output', () => {
  const events = (...list: object[]) =>
    list.map((event) => Buffer.from(`data: ${JSON.stringify(event)}\n\n`));
  const delta = (content: object) => ({ choices: [{ delta: content }] });

  it('is not the role, nor an empty text', async () => {
    const { marks } = await read(
      events(delta({ role: 'assistant' }), delta({ content: '' }), delta({ content: null })),
    );
    expect(marks).toBe(0);
  });

  it.each([{ content: 'a' }, { reasoning_content: 'a' }, { reasoning: 'a' }, { refusal: 'No.' }])(
    'is %j',
    async (content) => {
      expect((await read(events(delta({ role: 'assistant' }), delta(content)))).marks).toBe(1);
    },
  );
});

it('usage is that of the last event that has it', async () => {
  const { usage } = await read([Buffer.from(streamOf('chat/completions', 'openai', REPLY))]);
  expect(usage).toEqual(usageOf(REPLY));
});

it('without usage the rest is kept', async () => {
  const result = await read([Buffer.from(streamOf('chat/completions', 'openai', REPLY, false))]);
  expect(result).toMatchObject({ verdict: { outcome: 'completed' }, finish_reason: 'stop' });
  expect(result).not.toHaveProperty('usage');
});

it('an event that is not JSON ends the stream, and what came before it is kept', async () => {
  const text = 'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: {"choices\n\n';
  expect(await read([Buffer.from(text)])).toMatchObject({
    verdict: {
      outcome: 'failed',
      stopReason: 'invalid_llm_response',
      error: { message: expect.stringContaining('{\\"choices') },
    },
    text: 'a',
  });
});

it('a response that failed says why', async () => {
  const response = {
    status: 'failed',
    error: { code: 'server_error', message: 'Out of memory.' },
    output: [],
  };
  const text = `data: ${JSON.stringify({ type: 'response.failed', response })}\n\n`;
  expect((await read([Buffer.from(text)], responsesFormat)).verdict).toMatchObject({
    stopReason: 'llm_api_error',
    error: { message: 'The endpoint broke the answer off: Out of memory.' },
  });
});
