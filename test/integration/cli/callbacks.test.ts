import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { ReceivedCallback } from '#shared/contract/callbacks.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { type Answer, answerWith, type ReceivedPost, startReceiver } from '../callback/harness.ts';
import { type Folder, makeFolder, parseLines, waitingFor } from './harness.ts';

// Some start eight processes: a limit against what hangs, and not against a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});

/** Answers with these, one after the other; with the last again and again. */
function inTurn(...answers: Answer[]): Answer {
  let next = 0;
  return (...given) => answers[Math.min(next++, answers.length - 1)]?.(...given);
}
const never: Answer = () => {};

const called = (number: number, url: string, line = 'true'): BatchJob => ({
  ...folder.shell(number, line),
  callback_url: url,
});
const idOf = ({ headers }: ReceivedPost) => headers['webhook-id'];

async function listed(...options: string[]): Promise<Delivery[]> {
  const { stdout } = await folder.run(['callbacks', '--data', 'data', '--json', ...options]);
  return parseLines<Delivery>(stdout);
}

describe('run', () => {
  it('signs what it sends, tries again what was not taken, and ends when all is delivered', async () => {
    const receiver = await startReceiver(inTurn(answerWith(500), answerWith(302), answerWith(204)));
    folder.writeJobs('jobs.ndjson', [called(1, receiver.url)]);
    folder.write('secret', `${SECRET}\n`);
    chmodSync(folder.path('secret'), 0o600);
    const { code, stdout, stderr } = await folder.run([
      ...['run', 'jobs.ndjson', '--wait-callbacks', '--callback-schedule', '0s,50ms,50ms,1h'],
      ...['--callback-secret-file', 'secret'],
    ]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('1 job finished, all completed.'),
    });
    expect(parseLines<BatchJob>(stdout)).toMatchObject([{ callback_status_code: 204, callback_error: null }]);
    expect(receiver.posts).toHaveLength(3);
    expect(new Set(receiver.posts.map(idOf)).size).toBe(1);
    expect(new Set(receiver.posts.map(({ body }) => body)).size).toBe(1);
    for (const { body, headers } of receiver.posts) {
      expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'job.completed',
      });
    }
  });

  it('killed in the middle of a callback sends it again with the same id, and prints the document once', async () => {
    const receiver = await startReceiver(inTurn(never, answerWith(200)));
    const other = folder.shell(2, 'true', { on_interrupt: 'rerun' });
    folder.writeJobs('jobs.ndjson', [called(1, receiver.url), other]);
    const files = ['--data', 'data', '--out', 'out'];
    const killed = folder.start(['run', 'jobs.ndjson', ...files, '--slots', '1']);
    await receiver.received(1);
    killed.child.kill('SIGKILL');
    await killed.outcome;
    const resumed = await folder.run(['resume', ...files]);
    expect(resumed.code).toBe(0);
    expect(receiver.posts).toHaveLength(2);
    expect(receiver.posts.map(idOf)[1]).toBe(receiver.posts.map(idOf)[0]);
    expect(receiver.posts[1]?.bytes.equals(receiver.posts[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
    const printed = folder.lines<BatchJob>('out');
    expect(printed.map(({ id }) => id).sort()).toEqual([1, 2].map((n) => folder.shell(n, '').id).sort());
    expect(printed.find(({ callback_url }) => callback_url !== null)).toMatchObject({
      callback_status_code: 200,
    });
    await folder.run(['resume', ...files]);
    expect(folder.lines('out')).toEqual(printed);
  });

  it('killed while it waits for callbacks leaves no document out', async () => {
    const receiver = await startReceiver(inTurn(answerWith(500), answerWith(200)));
    folder.writeJobs('jobs.ndjson', [called(1, receiver.url)]);
    const schedule = ['--callback-schedule', '0s,1h'];
    const killed = folder.start(['run', 'jobs.ndjson', '--data', 'data', '--wait-callbacks', ...schedule]);
    await killed.printed('Waiting for 1 callback to be delivered; Ctrl-C ends the wait.');
    killed.child.kill('SIGKILL');
    expect((await killed.outcome).stdout).toBe('');
    const { code, stdout, stderr } = await folder.run(['resume', '--data', 'data']);
    expect(code).toBe(0);
    expect(parseLines<BatchJob>(stdout)).toMatchObject([{ status: 'completed', callback_status_code: 500 }]);
    expect(stderr).toContain('1 callback was not delivered yet: "resume --wait-callbacks --data data"');
  });

  it('ends its wait for callbacks at one Ctrl-C', async () => {
    const receiver = await startReceiver(answerWith(500));
    folder.writeJobs('jobs.ndjson', [called(1, receiver.url)]);
    const run = folder.start(['run', 'jobs.ndjson', '--data', 'data', '--wait-callbacks']);
    await run.printed('Waiting for 1 callback');
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.outcome;
    expect(code).toBe(130);
    expect(parseLines<BatchJob>(stdout)).toMatchObject([{ callback_status_code: 500 }]);
    expect(stderr).toContain('No longer waiting for callbacks.');
    expect(await listed()).toMatchObject([{ state: 'due', attemptCount: 1 }]);
  });

  it('tells the end of an OpenAI batch', async () => {
    const receiver = await startReceiver();
    const model = createServer((_, response) => {
      const answer = {
        id: 'x',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1');
    await once(model, 'listening');
    onTestFinished(() => void model.close());
    folder.write(
      'in.jsonl',
      `${JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: { model: 'm', messages: [{ role: 'user', content: 'hi' }] } })}\n`,
    );
    const base = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
    const { code, stderr } = await folder.run([
      ...['openai-batch', 'in.jsonl', '--base-url', base, '--out', 'out', '--errors', 'errors'],
      ...['--callback-url', receiver.url, '--wait-callbacks'],
    ]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(receiver.posts.map(({ body }) => JSON.parse(body))).toMatchObject([{ type: 'job.completed' }]);
  });
});

describe('callbacks', () => {
  /** A callback that was given up, and the receiver that takes it from now on. */
  async function abandoned() {
    const receiver = await startReceiver(
      inTurn(answerWith(500, {}, 'not today'), answerWith(200, {}, 'thanks')),
    );
    folder.writeJobs('jobs.ndjson', [called(1, receiver.url)]);
    await folder.run(['run', 'jobs.ndjson', '--data', 'data', '--callback-schedule', '0s', '--quiet']);
    return receiver;
  }

  it('are listed, one with all its attempts and its body', async () => {
    const { url } = await abandoned();
    const table = await folder.run(['callbacks', '--data', 'data']);
    expect(table.stdout).toMatch(
      /^ID +STATE +TRIES +LAST +CHANGED +JOB +EVENT +URL\nmsg_[0-9a-f]{8} +abandoned +1 +500 /u,
    );
    expect(table.stdout).toContain(url);
    const [delivery] = await listed('--state', 'abandoned');
    expect(delivery).toMatchObject({
      type: 'job.completed',
      attempts: [{ statusCode: 500, answer: 'not today' }],
    });
    expect(await listed('--state', 'due')).toEqual([]);
    expect(await listed('--job', delivery?.jobId ?? '')).toEqual([delivery]);
    const shown = await folder.run(['callbacks', 'show', delivery?.id.slice(4, 14) ?? '', '--data', 'data']);
    expect(shown.stdout).toContain(`job.completed of ${delivery?.jobId}`);
    expect(shown.stdout).toContain('not today');
    expect(JSON.parse(shown.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      job_id: delivery?.jobId,
    });
  });

  it('are sent again where nobody has the directory open: the same message, and no job is started', async () => {
    const receiver = await abandoned();
    folder.writeJobs('more.ndjson', [folder.shell(2, 'echo begun > begun')]);
    await folder.run(['add', 'more.ndjson', '--data', 'data']);
    const { code, stdout } = await folder.run(['callbacks', 'resend', '--failed', '--data', 'data']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^msg_[0-9a-f]{32} delivered: answered 200 in \d+ ms\.\n$/u),
    });
    expect(receiver.posts.map(idOf)[1]).toBe(receiver.posts.map(idOf)[0]);
    expect(await listed()).toMatchObject([{ state: 'delivered', attemptCount: 2 }]);
    const jobs = await folder.run(['list', '--data', 'data', '--status', 'pending', '--json']);
    expect(parseLines(jobs.stdout)).toHaveLength(1);
    expect(await folder.run(['callbacks', 'resend', '--failed', '--data', 'data'])).toMatchObject({
      code: 0,
      stderr: 'No callback was given up.\n',
    });
  });

  it('are sent to another URL as callbacks of their own, signed', async () => {
    const { posts } = await abandoned();
    const other = await startReceiver();
    const job = folder.shell(1, '').id;
    const { code } = await folder.run([
      ...['callbacks', 'resend', job.slice(0, 16), '--data', 'data', '--url', other.url],
      ...['--callback-secret', SECRET],
    ]);
    expect(code).toBe(0);
    expect(posts).toHaveLength(1);
    const [post] = other.posts;
    expect(post?.body).toBe(posts[0]?.body);
    expect(post?.headers['webhook-id']).not.toBe(posts[0]?.headers['webhook-id']);
    expect(() =>
      new Webhook(SECRET).verify(post?.body ?? '', post?.headers as Record<string, string>),
    ).not.toThrow();
    expect((await listed()).map(({ state, url }) => [state, url === other.url])).toEqual([
      ['delivered', true],
      ['abandoned', false],
    ]);
  });

  it('that are not taken say why, what comes next, and who goes on with them', async () => {
    const receiver = await startReceiver(answerWith(500));
    folder.writeJobs('jobs.ndjson', [called(1, receiver.url)]);
    await folder.run(['run', 'jobs.ndjson', '--data', 'data', '--quiet']);
    const [delivery] = await listed();
    const { code, stdout, stderr } = await folder.run([
      'callbacks',
      'resend',
      delivery?.id ?? '',
      '--data',
      'data',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^msg_[0-9a-f]{32} not delivered: .*500.* The next attempt is due at 20/u);
    expect(stderr).toContain('"resume --wait-callbacks --data data" goes on with what is due.');
  });

  it('are sent again and stopped by the process that has the directory open', async () => {
    const receiver = await startReceiver(inTurn(answerWith(500), answerWith(500), answerWith(200)));
    folder.writeJobs('jobs.ndjson', [
      called(1, receiver.url),
      called(2, receiver.url),
      folder.shell(3, waitingFor('go', 'first')),
    ]);
    const run = folder.start([
      ...['run', 'jobs.ndjson', '--data', 'data', '--slots', '1', '--wait-callbacks'],
      ...['--callback-schedule', '0s,1h', '--callback-secret', SECRET],
    ]);
    await folder.appears('first');
    await receiver.received(2);
    const [second, first] = await listed();
    const resent = await folder.run(['callbacks', 'resend', first?.id ?? '', '--data', 'data']);
    expect(resent).toMatchObject({ code: 0, stdout: expect.stringContaining('delivered: answered 200') });
    // By the one that has the secret.
    const { body = '', headers } = receiver.posts[2] ?? {};
    expect(headers?.['webhook-id']).toBe(first?.id);
    expect(() => new Webhook(SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
    const stopped = await folder.run(['callbacks', 'stop', second?.id ?? '', '--data', 'data']);
    expect(stopped).toMatchObject({ code: 0, stdout: `${second?.id} stopped\n` });
    expect(await folder.run(['callbacks', 'stop', second?.id ?? '', '--data', 'data'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not to be sent any more'),
    });
    folder.write('go', '');
    const { code, stdout, stderr } = await run.outcome;
    // One of them was stopped and not delivered.
    expect(code).toBe(1);
    expect(stderr).toContain('1 callback was not delivered: "callbacks --data data" says why');
    expect(
      parseLines<BatchJob>(stdout)
        .map(({ callback_status_code }) => callback_status_code)
        .sort(),
    ).toEqual([200, 500, null]);
  });

  it('exit with 2 and a sentence where there is no such callback, or no such directory', async () => {
    await abandoned();
    expect(await folder.run(['callbacks', 'show', 'msg_f', '--data', 'data'])).toMatchObject({
      code: 2,
      stderr: 'Expected the id of a callback, or its beginning, got "msg_f": "callbacks" lists them.\n',
    });
    expect(await folder.run(['callbacks', '--data', 'nowhere'])).toMatchObject({ code: 2 });
  });
});

describe('listen', () => {
  /** The URL that it says it listens on. */
  async function urlOf(started: ReturnType<Folder['start']>): Promise<string> {
    const { child } = started;
    let text = '';
    child.stderr?.on('data', (chunk) => {
      text += chunk;
    });
    await started.printed('Ctrl-C ends it.');
    return /http:\S+\//u.exec(text)?.[0] ?? '';
  }

  it('prints a line for each callback that arrives, verified, and ends with 0 at Ctrl-C', async () => {
    const started = folder.start(['listen', '--secret', SECRET]);
    const url = await urlOf(started);
    folder.writeJobs('jobs.ndjson', [called(1, `${url}done`)]);
    await folder.run(['run', 'jobs.ndjson', '--quiet', '--callback-secret', SECRET]);
    await folder.run(['run', 'jobs.ndjson', '--quiet']);
    started.child.kill('SIGINT');
    const { code, stdout } = await started.outcome;
    expect(code).toBe(0);
    const job = folder.shell(1, '').id;
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^1  \\d\\d:\\d\\d:\\d\\d  200  POST /done  job.completed  ${job}  valid signature, \\d+ s old  msg_`,
          'u',
        ),
      ),
      expect.stringContaining('NOT SIGNED'),
      '',
    ]);
  });

  it('answers as it is told to, and prints all of a request as JSON', async () => {
    const started = folder.start(['listen', '--answer', '410', '--json']);
    const url = await urlOf(started);
    folder.writeJobs('jobs.ndjson', [called(1, url)]);
    const { stderr } = await folder.run(['run', 'jobs.ndjson', '--data', 'data', '--wait-callbacks']);
    expect(stderr).toContain('1 callback was not delivered');
    expect(await listed()).toMatchObject([{ state: 'stopped', attemptCount: 1 }]);
    started.child.kill('SIGTERM');
    const { code, stdout } = await started.outcome;
    expect(code).toBe(0);
    expect(parseLines<ReceivedCallback>(stdout)).toMatchObject([
      { number: 1, status: 410, verdict: 'not-checked', isCut: false, isRepeat: false },
    ]);
  });

  it('says so where the port is taken', async () => {
    const first = folder.start(['listen']);
    const port = new URL(await urlOf(first)).port;
    expect(await folder.run(['listen', '--port', port])).toMatchObject({
      code: 2,
      stderr: `Port ${port} is taken by another program: choose another one.\n`,
    });
  });
});
