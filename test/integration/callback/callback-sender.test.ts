import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { createCallbackSender } from '../../../src-main/adapters/callback/callback-sender.ts';
import { sampleJobIn } from '../../fakes/sample-jobs.ts';
import { type Answer, answerWith, startReceiver } from './harness.ts';

const NOW = '2026-11-01T08:00:00.000Z';
const NEVER = new AbortController().signal;
const sender = (timeoutMs?: number) => createCallbackSender({ version: '1.2.3', timeoutMs, now: () => NOW });
const jobFor = (callback_url: string): BatchJob => ({ ...sampleJobIn('completed', 1), callback_url });

async function reportFrom(answer: Answer) {
  const { url, posts } = await startReceiver(answer);
  return { report: await sender().send(jobFor(url), NEVER), posts };
}

describe('a callback', () => {
  it('is one POST of the four fields that receivers know', async () => {
    const { url, posts } = await startReceiver();
    const job = jobFor(url);
    await sender().send(job, NEVER);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({
      method: 'POST',
      path: '/done?token=a%20b',
      headers: { 'content-type': 'application/json', 'user-agent': 'Jobdeck/1.2.3' },
    });
    const { id, status, completed_at, metadata } = job;
    expect(JSON.parse(posts[0]?.body ?? '')).toEqual({ job_id: id, status, completed_at, metadata });
  });

  it('of a run names it run_id', async () => {
    const { url, posts } = await startReceiver();
    await sender().send({ ...jobFor(url), job_type: 'run' }, NEVER);
    const keys = Object.keys(JSON.parse(posts[0]?.body ?? ''));
    expect(keys).toEqual(['run_id', 'status', 'completed_at', 'metadata']);
  });

  it.each([200, 204, 404, 500])('that is answered with %i has the code and no error', async (status) => {
    const { report } = await reportFrom(answerWith(status));
    expect(report).toEqual({ sentAt: NOW, statusCode: status, error: null });
  });

  it('follows no redirect', async () => {
    const elsewhere = await startReceiver();
    for (const status of [301, 302, 307, 308]) {
      const { report, posts } = await reportFrom(answerWith(status, { location: elsewhere.url }));
      expect(report).toEqual({ sentAt: NOW, statusCode: status, error: null });
      expect(posts).toHaveLength(1);
    }
    expect(elsewhere.posts).toEqual([]);
  });

  it('that nobody takes says so', async () => {
    const { port, close } = await unusedPort();
    await close();
    const report = await sender().send(jobFor(`http://127.0.0.1:${port}/`), NEVER);
    expect(report).toEqual({
      sentAt: NOW,
      statusCode: null,
      error: `Nothing listens at 127.0.0.1:${port}: the connection was refused. (ECONNREFUSED)`,
    });
  });

  it('that is never answered is given up', async () => {
    const { url } = await startReceiver(() => {});
    const report = await sender(50).send(jobFor(url), NEVER);
    expect(report.statusCode).toBeNull();
    expect(report.error).toContain('gave no answer within 0.05 s');
  });

  it('whose connection breaks before the answer says so', async () => {
    const { report } = await reportFrom((_, { socket }) => void socket.resetAndDestroy());
    expect(report.statusCode).toBeNull();
    expect(report.error).toContain('closed the connection before it answered');
  });

  it('whose connection breaks in the middle of the answer has its code', async () => {
    const { report } = await reportFrom((response, { socket }) => {
      response.writeHead(202, { 'content-length': '1000' });
      response.write('beginning', () => socket.resetAndDestroy());
    });
    expect(report).toMatchObject({ statusCode: 202, error: null });
  });

  it('does not read an answer without end', async () => {
    let closed = (): void => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { report } = await reportFrom((response) => {
      response.on('close', closed);
      const chunk = Buffer.alloc(64 * 1024);
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', pour);
      };
      response.writeHead(200);
      pour();
    });
    expect(report).toMatchObject({ statusCode: 200, error: null });
    await isClosed;
  });

  it.each([
    ['nonsense', 'an absolute URL'],
    ['/done', 'an absolute URL'],
    ['file:///etc/passwd', 'http:// or https://'],
    ['ftp://example.org/', 'http:// or https://'],
    ['http://127.0.0.1:6667/', 'Port 6667'],
  ])('to %s is not sent, with a sentence', async (url, words) => {
    const report = await sender().send(jobFor(url), NEVER);
    expect(report).toMatchObject({ sentAt: NOW, statusCode: null });
    expect(report.error).toContain(words);
  });

  it('to a URL with a password is not sent, and the password is not repeated', async () => {
    const { url, posts } = await startReceiver();
    const withPassword = url.replace('http://', 'http://me:hunter2@');
    const { error } = await sender().send(jobFor(withPassword), NEVER);
    expect(error).toContain('no user name and no password');
    expect(error).not.toContain('hunter2');
    expect(posts).toEqual([]);
  });

  it('ends when it is broken off', async () => {
    const { url, received } = await startReceiver(() => {});
    const abort = new AbortController();
    const sent = sender().send(jobFor(url), abort.signal);
    await received(1);
    abort.abort();
    expect(await sent).toMatchObject({ statusCode: null, error: expect.stringContaining('broken off') });
  });
});

/** A port that was free a moment ago. */
async function unusedPort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port.');
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}
