import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest, RetryPolicy } from '#shared/job/jobdeck-metadata.ts';
import { startHttpServer, startRawServer } from '../../fakes/http-server.ts';
import { eventOf, job, open, statusesOf, storedJob, temporaryDirectory } from '../runner/harness.ts';

/** How an endpoint can misbehave, by name. Each has the socket for itself. */
const MISBEHAVIOURS = {
  hangs: () => {},
  resets: (socket) => socket.resetAndDestroy(),
  'talks nonsense': (socket) => socket.end('\0\xff what is this?\r\n\r\n'),
  'breaks off': (socket) => {
    socket.write(`${HEAD}content-length: 100\r\n\r\nonly this`, () => socket.destroy());
  },
  'is overloaded': (socket) => {
    socket.end(`HTTP/1.1 503 Busy\r\nretry-after: 0\r\nconnection: close\r\ncontent-length: 4\r\n\r\nbusy`);
  },
  drips: (socket) => {
    const bytes = [...`${HEAD}content-length: 4\r\n\r\ngood`];
    const drip = () => {
      const byte = bytes.shift();
      if (byte !== undefined) socket.write(byte, () => setTimeout(drip, 2));
    };
    drip();
  },
} satisfies Record<string, (socket: Socket) => void>;
type Misbehaviour = keyof typeof MISBEHAVIOURS;

const HEAD = 'HTTP/1.1 200 OK\r\nconnection: close\r\n';

/** Long enough for an endpoint on a busy machine that does answer. */
const TIMEOUT_MS = 3000;
const AT_ONCE: RetryPolicy = {
  max_attempts: 10,
  backoff_ms: 1,
  jitter: false,
  on: ['timeout', 'network', 'http-5xx', 'http-429', 'model'],
};

/** Misbehaves so each time it is asked, in order; with the last from then on. */
async function startEndpoint(...order: Misbehaviour[]) {
  let asked = 0;
  const { origin } = await startRawServer((socket) => {
    const way = order[Math.min(asked, order.length - 1)] ?? 'hangs';
    asked += 1;
    MISBEHAVIOURS[way](socket);
  });
  return { origin, asked: () => asked };
}

async function started() {
  const workspace = await open(temporaryDirectory(), { slots: 4 });
  await workspace.runner.start();
  return workspace;
}

describe('an endpoint that comes to its senses', () => {
  it('is asked until it does: hanging, resetting, nonsense, half an answer, a refusal, an answer byte by byte', async () => {
    const workspace = await started();
    const { origin, asked } = await startEndpoint(
      'hangs',
      'resets',
      'talks nonsense',
      'breaks off',
      'is overloaded',
      'drips',
    );
    const asks = job({ task: { kind: 'http', url: origin }, timeout_ms: TIMEOUT_MS, retry: AT_ONCE });
    await workspace.runner.submit([asks]);
    await workspace.runner.idle();

    const ended = storedJob(workspace, asks);
    expect(jobdeckOf(ended)?.attempts?.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      'timeout',
      'network',
      'network',
      'network',
      'http-status',
      'completed',
    ]);
    expect(ended).toMatchObject({
      status: 'completed',
      metadata: { jobdeck: { result: { stdout: 'good' } } },
    });
    expect(asked()).toBe(6);
    const halfAnswer = { jobId: asks.id, attempt: 4, stream: 'stdout', offset: 0, maxBytes: 100 } as const;
    const { bytes } = await workspace.readOutput(halfAnswer);
    expect(new TextDecoder().decode(bytes)).toBe('only this');
  });

  it('of a model is asked until it answers in its own format', async () => {
    const workspace = await started();
    const events = [
      '{"choices":[{"delta":{"content":"Hi"}}]}',
      '{"choices":[{"delta":{},"finish_reason":"stop"}]}',
    ];
    const answers = [
      (socket: Socket) => socket.resetAndDestroy(),
      (socket: Socket) => socket.end(`HTTP/1.1 429 Slow down\r\nretry-after: 0\r\nconnection: close\r\n\r\n`),
      (socket: Socket) => socket.end(`${HEAD}content-type: text/event-stream\r\n\r\ndata: {"choi`),
      (socket: Socket) =>
        socket.end(
          `${HEAD}content-type: text/event-stream\r\n\r\n${[...events, '[DONE]'].map((data) => `data: ${data}\n\n`).join('')}`,
        ),
    ];
    const { origin } = await startRawServer((socket) => answers.shift()?.(socket));
    const asks = job({
      task: {
        kind: 'llm',
        endpoint: 'chat/completions',
        base_url: `${origin}/v1`,
        request: { model: 'm', messages: [] },
      },
      retry: AT_ONCE,
    });
    await workspace.runner.submit([asks]);
    await workspace.runner.idle();
    const ended = storedJob(workspace, asks);
    expect(jobdeckOf(ended)?.attempts?.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      'network',
      'model',
      'model',
      'completed',
    ]);
    expect(ended).toMatchObject({ status: 'completed', metadata: { jobdeck: { result: { text: 'Hi' } } } });
    expect(answers).toEqual([]);
  });

  it('is asked again after a restart in between', async () => {
    const directory = temporaryDirectory();
    const { origin, requests } = await startHttpServer((response) =>
      requests.length === 1 ? response.writeHead(503, { 'retry-after': '1' }).end() : response.end('good'),
    );
    const asks = job({ task: { kind: 'http', url: origin }, retry: { max_attempts: 2, backoff_ms: 1 } });
    const first = await open(directory);
    await first.runner.start();
    const isRefused = eventOf(first, ({ type }) => type === 'requeued');
    await first.runner.submit([asks]);
    expect(jobdeckOf((await isRefused).job)?.next_attempt_at).toEqual(expect.any(String));
    await first.close();

    const second = await open(directory);
    expect(await second.runner.start()).toEqual({ failed: [], requeued: [], waiting: [asks.id] });
    await second.runner.idle();
    expect(statusesOf(second, asks)).toBe('pending running pending running completed');
    expect(requests).toHaveLength(2);
  });
});

describe('endpoints that stay as they are', () => {
  const EXPECTED = {
    hangs: 'timeout',
    resets: 'network',
    'talks nonsense': 'network',
    'breaks off': 'network',
    'is overloaded': 'http-status',
    drips: null,
  } as const satisfies Record<Misbehaviour, string | null>;

  it('fail the items that ask them, each for its own reason, and no other', async () => {
    const workspace = await started();
    const ways = Object.keys(EXPECTED) as Misbehaviour[];
    const values = await Promise.all(
      ways.map(async (way) => ({ way, url: (await startEndpoint(way)).origin })),
    );
    const request: JobdeckRequest = {
      task: { kind: 'http', url: '{{item.url}}' },
      items: { values },
      concurrency: ways.length,
      timeout_ms: TIMEOUT_MS,
      fail_when: 'all',
      retry: { ...AT_ONCE, max_attempts: 2, on: ['network', 'http-5xx'] },
    };
    const batch = { ...job(request), job_type: 'batch' as const };
    await workspace.runner.submit([batch]);
    await workspace.runner.idle();

    const items = workspace.items.page(batch.id, null, null, 100);
    const found = items.map(({ item, error }) => [(item as { way: string }).way, error?.code ?? null]);
    expect(Object.fromEntries(found)).toEqual(EXPECTED);
    expect(items.map(({ attempts }) => attempts)).toEqual([1, 2, 2, 2, 2, 1]);
    expect(storedJob(workspace, batch)).toMatchObject({
      status: 'completed',
      metadata: { jobdeck: { counts: { total: 6, completed: 1, failed: 5, cancelled: 0 } } },
    });
  });
});
