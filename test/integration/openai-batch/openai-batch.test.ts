import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { openAiBatchJob } from '#shared/job/openai-batch.ts';
import { expandTask } from '#shared/job/template/index.ts';
import { writeItemResults } from '../../../src-main/adapters/items/item-results.ts';
import { createItemSource } from '../../../src-main/adapters/items/item-source.ts';
import type { ItemOutcome } from '../../../src-main/adapters/items/merge-chain.ts';
import { inspectOpenAiBatch } from '../../../src-main/adapters/openai-batch/inspect-openai-batch.ts';
import {
  type ReadBody,
  writeOpenAiBatchResults,
} from '../../../src-main/adapters/openai-batch/write-openai-batch.ts';
import { checkDocument } from '../../../src-main/adapters/validators/index.ts';

const JOB = 'job-5f0f8f0e-6f0e-4c55-9d0c-1c2f7a5f0a11' as JobId;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobdeck-openai-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const request = (custom_id: unknown, rest: Record<string, unknown> = {}) => ({
  custom_id,
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'small', messages: [{ role: 'user', content: 'Hello {{item.custom_id}}' }] },
  ...rest,
});

function fileOf(...lines: unknown[]): string {
  const path = join(folder, 'requests.jsonl');
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}

describe('an input file', () => {
  it('is known by its requests, their endpoint and their models', async () => {
    const path = fileOf(request('a'), '', request('b', { body: { model: 'large' } }), request('c'));
    expect(await inspectOpenAiBatch(path)).toEqual({
      path,
      requests: 3,
      endpoint: 'chat/completions',
      models: ['small', 'large'],
      problems: [],
    });
  });

  it('may hold more ids than a process has memory', async () => {
    const path = join(folder, 'large.jsonl');
    const long = 'x'.repeat(10_000);
    for (let at = 0; at < 6000; at += 1000) {
      const lines = Array.from(
        { length: 1000 },
        (_, n) => `${JSON.stringify(request(`${at + n}${long}`))}\n`,
      );
      appendFileSync(path, lines.join(''));
    }
    appendFileSync(path, JSON.stringify(request(`7${long}`)));
    const thread = new Worker(new URL('./inspect-thread.ts', import.meta.url), {
      workerData: path,
      resourceLimits: { maxOldGenerationSizeMb: 32 },
    });
    const [told] = await once(thread, 'message');
    expect(told).toMatchObject({ requests: 6001, problems: [{ line: 6001 }] });
    expect(told.problems[0].message).toContain('again (first in line 8)');
  });

  it.each(['completions', 'embeddings', 'responses'])('may be for %s', async (endpoint) => {
    const file = await inspectOpenAiBatch(fileOf(request('a', { url: `/v1/${endpoint}` })));
    expect(file).toMatchObject({ endpoint, problems: [] });
  });

  it('is told of all that is wrong with it, each with its line', async () => {
    const path = fileOf(
      request('a'),
      request('a'),
      request(undefined),
      request('d', { method: 'GET' }),
      request('e', { url: '/v1/embeddings' }),
      request('f', { url: '/v1/images/generations' }),
      request('g', { body: 'text' }),
      request('h', { body: { stream: true } }),
      '{"custom_id": ',
      '["no object"]',
      request('k', { body: undefined }),
    );
    const { requests, endpoint, problems } = await inspectOpenAiBatch(path);
    expect({ requests, endpoint }).toEqual({ requests: 11, endpoint: null });
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '2: Expected each custom_id once, got "a" again (first in line 1).',
      '3: Expected custom_id to be a text that names the request, got nothing.',
      '4: Expected method to be "POST", got "GET".',
      '5: Expected url to be "/v1/chat/completions" as in line 1, got "/v1/embeddings".',
      '6: Expected url to be "/v1/chat/completions" or "/v1/completions" or "/v1/responses" or "/v1/embeddings", got "/v1/images/generations".',
      '7: Expected body to be an object, got "text".',
      '8: Expected body.stream to be absent or false, got true: an output file holds whole answers.',
      expect.stringMatching(/^9: Expected .*\(line 9, column \d+\)$/u),
      '10: Expected an object with custom_id, method, url and body, got a list.',
      '11: Expected body to be an object, got nothing.',
    ]);
  });

  it('keeps the first hundred problems of a file that is another altogether', async () => {
    const { problems, requests } = await inspectOpenAiBatch(
      fileOf(...Array.from({ length: 500 }, () => '{}')),
    );
    expect(requests).toBe(500);
    expect(problems).toHaveLength(100);
  });

  it('is wrong where there is nothing in it', async () => {
    expect((await inspectOpenAiBatch(fileOf(''))).problems).toEqual([
      { line: 1, message: 'Expected a request on each line, got an empty file.' },
    ]);
    await expect(inspectOpenAiBatch(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the batch of an input file', () => {
  it('sends the body of each line as it is, but for a model that was chosen', async () => {
    const path = fileOf(request('a'), request('b'));
    const jobdeck = openAiBatchJob(await inspectOpenAiBatch(path), {
      baseUrl: 'http://127.0.0.1:1/v1',
      model: 'other',
      concurrency: 3,
    });
    expect(checkDocument({ job_type: 'batch', metadata: { jobdeck: { version: 1, ...jobdeck } } })).toEqual(
      [],
    );
    expect(jobdeck).toEqual({
      name: 'requests.jsonl',
      task: {
        kind: 'llm',
        endpoint: 'chat/completions',
        base_url: 'http://127.0.0.1:1/v1',
        model: 'other',
        request: '{{item.body}}',
        stream: false,
      },
      items: { file: path, format: 'jsonl' },
      concurrency: 3,
    });
    const { task, items } = jobdeck;
    if (task === undefined || items === undefined) throw new Error('Expected a task and items.');
    for await (const page of createItemSource().read(items)) {
      for (const { index, item } of page) {
        const scope = { item: { index, value: item }, secret: () => undefined, shell: 'posix' } as const;
        const { messages } = request('').body;
        expect(expandTask(task, scope)).toMatchObject({ task: { request: { model: 'other', messages } } });
      }
    }
  });

  it('is refused for a file with a problem', async () => {
    const file = await inspectOpenAiBatch(fileOf(request('a'), request('a')));
    expect(() => openAiBatchJob(file)).toThrow(/\(.*requests\.jsonl, line 2\)$/u);
  });
});

describe('the results of a batch', () => {
  const outcome = (index: number, rest: Partial<ItemRecord>): ItemOutcome => ({
    jobId: JOB,
    record: {
      index,
      item: request(`r-${index}`),
      status: 'completed',
      attempts: 1,
      duration_ns: 5,
      ttft_ns: 1,
      result: null,
      error: null,
      ...rest,
    },
  });
  const answer = (status_code: number, body?: unknown) => ({
    status_code,
    request_id: `req-${status_code}`,
    ...(body !== undefined && { body }),
  });

  async function written(outcomes: readonly ItemOutcome[], readBody?: ReadBody) {
    async function* stream() {
      yield* outcomes;
    }
    const outputPath = join(folder, 'out.jsonl');
    const errorPath = join(folder, 'errors.jsonl');
    const counts = await writeOpenAiBatchResults(stream(), { outputPath, errorPath }, readBody);
    const linesOf = (path: string) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    const output = linesOf(outputPath);
    const errors = linesOf(errorPath);
    expect(counts).toMatchObject({ output: output.length, errors: errors.length });
    expect(readdirSync(folder).sort()).toEqual(['errors.jsonl', 'out.jsonl']);
    return { output, errors };
  }
  const batchId = expect.stringMatching(/^batch_req_[0-9a-f]{32}$/u);

  it('have the answers in the output file, as they came', async () => {
    const { output, errors } = await written([
      outcome(0, { result: answer(200, { choices: [] }) }),
      outcome(1, { result: { status_code: 200, body: { choices: [] } } }),
    ]);
    expect(errors).toEqual([]);
    expect(output).toEqual([
      {
        id: batchId,
        custom_id: 'r-0',
        response: { status_code: 200, request_id: 'req-200', body: { choices: [] } },
        error: null,
      },
      {
        id: batchId,
        custom_id: 'r-1',
        response: { status_code: 200, request_id: '', body: { choices: [] } },
        error: null,
      },
    ]);
    expect(output[0].id).not.toBe(output[1].id);
  });

  it('have an answer that the endpoint cut short in the output file too: it is an answer', async () => {
    const error = { code: 'model', message: 'The answer ended at its limit.' } as const;
    const { output } = await written([
      outcome(0, {
        status: 'failed',
        error,
        result: answer(200, { choices: [{ finish_reason: 'length' }] }),
      }),
    ]);
    expect(output).toMatchObject([{ custom_id: 'r-0', error: null }]);
  });

  it('have refusals with their body in the error file, as the API does', async () => {
    const body = { error: { message: 'too long', code: 'context_length_exceeded' } };
    const error = { code: 'http-status', message: '400' } as const;
    const { errors } = await written([
      outcome(0, { status: 'failed', error, result: answer(400, body) }),
      outcome(1, { status: 'failed', error, result: answer(502) }),
    ]);
    expect(errors).toEqual([
      {
        id: batchId,
        custom_id: 'r-0',
        response: { status_code: 400, request_id: 'req-400', body },
        error: null,
      },
      {
        id: batchId,
        custom_id: 'r-1',
        response: { status_code: 502, request_id: 'req-502', body: {} },
        error: { code: 'http-status', message: '400' },
      },
    ]);
  });

  it('have what was never answered in the error file, with the reason', async () => {
    const failed = (code: 'network' | 'timeout' | 'model') => ({
      status: 'failed' as const,
      error: { code, message: `It was ${code}.` },
    });
    const { errors } = await written([
      outcome(0, failed('network')),
      outcome(1, failed('timeout')),
      outcome(2, { status: 'cancelled', attempts: 0 }),
      outcome(3, { ...failed('model'), result: answer(200) }),
      outcome(4, { ...failed('network'), item: 'no request' }),
    ]);
    expect(errors.map(({ custom_id, response, error }) => [custom_id, response, error.code])).toEqual([
      ['r-0', null, 'network'],
      ['r-1', null, 'request_timeout'],
      ['r-2', null, 'batch_cancelled'],
      ['r-3', null, 'model'],
      ['item-4', null, 'network'],
    ]);
  });

  it('have the body from elsewhere where the record does not hold it, and say so where it is nowhere', async () => {
    const outcomes = [outcome(0, { result: answer(200) })];
    const { output } = await written(outcomes, async ({ record }) => ({ from: record.index }));
    expect(output).toMatchObject([{ response: { body: { from: 0 } } }]);
    const { errors } = await written(outcomes);
    expect(errors).toMatchObject([{ response: { status_code: 200 }, error: { code: 'body_not_kept' } }]);
  });

  it('leave out what has not ended, and are the same bytes again', async () => {
    const outcomes = [
      outcome(0, { status: 'pending', attempts: 0 }),
      outcome(1, { status: 'running' }),
      outcome(2, { result: answer(200, {}) }),
    ];
    const first = await written(outcomes);
    expect(first.output).toHaveLength(1);
    expect(await written(outcomes)).toEqual(first);
  });

  it('leave what was there before where they break off', async () => {
    writeFileSync(join(folder, 'out.jsonl'), 'before');
    async function* broken(): AsyncGenerator<ItemOutcome> {
      yield outcome(0, { result: answer(200, {}) });
      throw new Error('the store is gone');
    }
    const outputPath = join(folder, 'out.jsonl');
    const paths = { outputPath, errorPath: join(folder, 'errors.jsonl') };
    await expect(writeOpenAiBatchResults(broken(), paths)).rejects.toThrow('the store is gone');
    await expect(writeItemResults(broken(), outputPath)).rejects.toThrow('the store is gone');
    await expect(
      writeOpenAiBatchResults(broken(), { outputPath, errorPath: join(folder, 'none', 'e') }),
    ).rejects.toMatchObject({ code: 'io' });
    await expect(
      writeOpenAiBatchResults(broken(), { outputPath, errorPath: outputPath }),
    ).rejects.toMatchObject({ code: 'bad-request' });
    expect(readdirSync(folder)).toEqual(['out.jsonl']);
    expect(readFileSync(outputPath, 'utf8')).toBe('before');
  });

  it('are one line an item as NDJSON', async () => {
    const path = join(folder, 'results.ndjson');
    async function* many() {
      for (let index = 0; index < 5000; index++) yield outcome(index, { item: 'x'.repeat(500) });
    }
    expect(await writeItemResults(many(), path)).toMatchObject({ counts: [5000] });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines).toHaveLength(5001);
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).index)).toEqual(
      Array.from({ length: 5000 }, (_, index) => index),
    );
  });
});
