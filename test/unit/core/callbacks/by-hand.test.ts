import { describe, expect, it } from 'vitest';
import type { CallbackSend } from '#shared/contract/callbacks.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { answeredWith, NO_ANSWER } from '../../../fakes/fake-callback-sender.ts';
import { aJob, settled } from '../../../fakes/runner-bench.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import {
  answerOpen,
  deliveryOf,
  endJob,
  endJobs,
  openPost,
  pass,
  startCallbackBench,
  URL_A,
  URL_B,
} from './support.ts';

const LOCAL = 'http://192.168.0.7:8080/done';
const TO_LOCAL = { ...NO_ANSWER, outcome: 'local' as const, address: '192.168.0.7' };

function again({ id }: BatchJob, rest: Partial<CallbackSend> = {}): CallbackSend {
  return { jobId: id, job: null, deliveryId: null, url: null, ...rest };
}

describe('sending again', () => {
  it('sends the same message with the same id, at once and by the whole schedule', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000] } });
    const job = await endJob(bench);
    await answerOpen(bench, answeredWith(500));
    await pass(bench, 1100);
    await answerOpen(bench, answeredWith(500));
    const { id, state } = deliveryOf(bench, job.id);
    expect(state).toBe('abandoned');
    expect(await bench.runner.callbacks.send([again(job, { deliveryId: id })])).toEqual({
      sent: [id],
      refused: [],
    });
    expect(openPost(bench)).toMatchObject({ id, body: bench.sender.posts[0]?.body });
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'due', step: 0, attemptCount: 2, reason: null });
    await answerOpen(bench, answeredWith(500));
    await pass(bench, 1100);
    await answerOpen(bench);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'delivered', attemptCount: 4 });
  });

  it('answers only when it is durable, and says why it could not be', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    await answerOpen(bench);
    const { id } = deliveryOf(bench, job.id);
    bench.journal.hold();
    let isAnswered = false;
    const sent = bench.runner.callbacks.send([again(job, { deliveryId: id })]).finally(() => {
      isAnswered = true;
    });
    await settled();
    expect([isAnswered, bench.sender.open().length]).toEqual([false, 0]);
    bench.journal.release();
    await sent;
    bench.journal.refuseWith(new Error('The disk is full.'));
    const refused = await bench.runner.callbacks.send([again(job)]);
    expect(refused).toMatchObject({
      sent: [],
      refused: [{ jobId: job.id, error: { message: 'The disk is full.' } }],
    });
  });

  it('goes before what else waits for the host, also while that rests', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    await answerOpen(bench, answeredWith(400));
    await endJobs(bench, 10);
    await answerOpen(bench, answeredWith(503, { retryAfterMs: 30_000 }));
    expect(bench.sender.open()).toEqual([]);
    const { id } = deliveryOf(bench, job.id);
    await bench.runner.callbacks.send([again(job, { deliveryId: id })]);
    expect(openPost(bench).id).toBe(id);
  });

  it('to another URL is a delivery of its own, with the same bytes', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    await answerOpen(bench, answeredWith(500));
    const { id } = deliveryOf(bench, job.id);
    const { sent } = await bench.runner.callbacks.send([again(job, { deliveryId: id, url: URL_B })]);
    expect(sent).not.toEqual([id]);
    expect(openPost(bench)).toMatchObject({ id: sent[0], url: URL_B, body: bench.sender.posts[0]?.body });
    expect(bench.deliveries.ofJob(job.id).map(({ url, state }) => [url, state])).toEqual([
      [URL_A, 'due'],
      [URL_B, 'due'],
    ]);
  });

  it('with no delivery makes one of the end of the job, to its URL or another', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackEnds: [] } });
    const job = await endJob(bench);
    expect(bench.deliveries.ofJob(job.id)).toEqual([]);
    await bench.runner.callbacks.send([again(job), again(job, { url: URL_B })]);
    expect(bench.sender.open().map(({ url, message }) => [url, message.type])).toEqual([
      [URL_A, 'job.completed'],
      [URL_B, 'job.completed'],
    ]);
  });

  it('of a job that the journal has dropped goes by the record that is given', async () => {
    const bench = await startCallbackBench();
    const ended = await endJob(bench);
    await answerOpen(bench, answeredWith(404));
    await bench.runner.callbacks.stop(bench.deliveries.ofJob(ended.id).map(({ id }) => id));
    const { journal, runner } = bench;
    runner.outbox.acknowledge({ journalId: journal.journalId, seq: journal.head() });
    expect(journal.find(ended.id)).toBeUndefined();
    const { id } = deliveryOf(bench, ended.id);
    const report = await runner.callbacks.send([again(ended, { deliveryId: id })]);
    expect(report.refused).toMatchObject([{ jobId: ended.id, error: { code: 'not-found' } }]);
    await runner.callbacks.send([again(ended, { deliveryId: id, job: ended })]);
    await answerOpen(bench);
    expect(bench.stored(ended.id)).toMatchObject({ status: 'completed', callback_status_code: 200 });
  });

  it.each<[string, Partial<CallbackSend>, string]>([
    [
      'a delivery that is not there',
      { deliveryId: 'msg_ffffffffffffffffffffffffffffffff' as never },
      'not-found',
    ],
    ['a URL that is none', { url: 'nowhere' }, 'bad-request'],
    ['a URL of another scheme', { url: 'file:///etc/passwd' }, 'bad-request'],
  ])('refuses %s, and sends the others', async (_, wrong, code) => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    await answerOpen(bench);
    const report = await bench.runner.callbacks.send([again(job, wrong), again(job)]);
    expect(report.refused).toMatchObject([{ jobId: job.id, error: { code } }]);
    expect(report.sent).toHaveLength(1);
  });

  it('refuses the end of a job that has not ended, of one that nobody knows, and of one that has no URL', async () => {
    const bench = await startCallbackBench();
    bench.executor.isAutomatic = false;
    const [active, silent] = [aJob({}, { callback_url: URL_A }), aJob()];
    await bench.runner.submit([active, silent]);
    await settled();
    bench.executor.runOf(silent.id).end();
    await settled();
    const unknown = sampleJob(77);
    const { refused } = await bench.runner.callbacks.send([again(active), again(unknown), again(silent)]);
    expect(refused.map(({ error }) => error.code)).toEqual(['conflict', 'not-found', 'bad-request']);
    const given = again(unknown, { job: unknown });
    expect((await bench.runner.callbacks.send([given])).refused).toMatchObject([
      { error: { code: 'not-found' } },
    ]);
  });

  it('allows the origin it goes to, and forgets that the URL wanted no more', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench, LOCAL);
    expect(openPost(bench).mayGoLocal).toBe(false);
    await answerOpen(bench, answeredWith(410));
    const { id } = deliveryOf(bench, job.id);
    await bench.runner.callbacks.send([again(job, { deliveryId: id })]);
    expect(openPost(bench).mayGoLocal).toBe(true);
    expect(bench.deliveries.isGone(LOCAL)).toBe(false);
  });

  it('of what is on its way already starts its schedule anew, and sends nothing twice', async () => {
    const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000] } });
    const job = await endJob(bench);
    await answerOpen(bench, NO_ANSWER);
    await pass(bench, 1100);
    const { id } = openPost(bench);
    await bench.runner.callbacks.send([again(job, { deliveryId: id })]);
    expect(bench.sender.open()).toHaveLength(1);
    await answerOpen(bench, NO_ANSWER);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'due', step: 1, attemptCount: 2 });
  });
});

describe('stopping', () => {
  it('gives up what is due, for good, and says which were open', async () => {
    const bench = await startCallbackBench();
    const [waiting, delivered] = [await endJob(bench, URL_A), await endJob(bench, URL_B)];
    bench.sender
      .open()
      .find(({ url }) => url === URL_B)
      ?.answer();
    await answerOpen(bench, NO_ANSWER);
    const ids = [waiting, delivered].map(({ id }) => deliveryOf(bench, id).id);
    expect(await bench.runner.callbacks.stop(ids)).toEqual([deliveryOf(bench, waiting.id).id]);
    expect(deliveryOf(bench, waiting.id)).toMatchObject({
      state: 'stopped',
      reason: 'It was stopped by hand.',
    });
    await pass(bench, 1_000_000);
    expect(bench.sender.posts).toHaveLength(2);
    expect(bench.runner.status().callbacksDue).toBe(0);
  });

  it('breaks off what is on its way, and records no attempt of it', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench);
    await bench.runner.callbacks.stop([deliveryOf(bench, job.id).id]);
    await settled();
    expect(bench.sender.posts[0]?.signal.aborted).toBe(true);
    expect(deliveryOf(bench, job.id)).toMatchObject({ state: 'stopped', attemptCount: 0 });
  });

  it('keeps what waits in memory from being sent', async () => {
    const bench = await startCallbackBench();
    const jobs = await endJobs(bench, 5);
    const ids = jobs.slice(1).map(({ id }) => deliveryOf(bench, id).id);
    await bench.runner.callbacks.stop(ids);
    await answerOpen(bench);
    await pass(bench, 10_000);
    expect(bench.sender.posts).toHaveLength(1);
  });
});

describe('a delivery to this machine or its network', () => {
  it('is held where that was not allowed, and sent once it is: with its id, and to that origin alone', async () => {
    const bench = await startCallbackBench();
    const jobs = [await endJob(bench, LOCAL), await endJob(bench, 'http://10.0.0.1/')];
    await answerOpen(bench, TO_LOCAL);
    const held = jobs.map(({ id }) => deliveryOf(bench, id));
    expect(held.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
      ['held', 0],
      ['held', 0],
    ]);
    expect(held[0]?.reason).toContain('http://192.168.0.7:8080');
    await bench.runner.idle();
    expect(bench.runner.status().callbacksDue).toBe(0);
    await bench.runner.callbacks.allow(['http://192.168.0.7:8080']);
    expect(openPost(bench)).toMatchObject({ id: held[0]?.id, url: LOCAL, mayGoLocal: true });
    await answerOpen(bench);
    expect(jobs.map(({ id }) => deliveryOf(bench, id).state)).toEqual(['delivered', 'held']);
    const later = await endJob(bench, LOCAL);
    expect(openPost(bench).mayGoLocal).toBe(true);
    expect(deliveryOf(bench, later.id).state).toBe('due');
  });

  it('leaves the three fields of the record alone while it is held: nothing was sent', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench, LOCAL);
    await answerOpen(bench, TO_LOCAL);
    expect(bench.stored(job.id)).toEqual(job);
  });

  it('can be stopped', async () => {
    const bench = await startCallbackBench();
    const job = await endJob(bench, LOCAL);
    await answerOpen(bench, TO_LOCAL);
    const { id } = deliveryOf(bench, job.id);
    expect(await bench.runner.callbacks.stop([id])).toEqual([id]);
    expect(deliveryOf(bench, job.id).state).toBe('stopped');
  });

  it('is let go by hundreds, in more than one commit', async () => {
    const bench = await startCallbackBench();
    bench.sender.automatic = TO_LOCAL;
    await endJobs(bench, 250, LOCAL);
    expect(bench.deliveries.counts()).toEqual({ due: 0, untried: 0, held: 250 });
    bench.sender.automatic = {};
    await bench.runner.callbacks.allow(['http://192.168.0.7:8080']);
    await bench.runner.callbacks.settled();
    expect(bench.deliveries.counts()).toEqual({ due: 0, untried: 0, held: 0 });
  });
});

describe('a URL that has answered 410', () => {
  it('gets nothing any more: what waits and what comes is stopped with a reason, until one is sent by hand', async () => {
    const bench = await startCallbackBench();
    const [first, second] = await endJobs(bench, 2);
    await answerOpen(bench, answeredWith(410));
    const later = await endJob(bench);
    const other = await endJob(bench, 'https://a.example.org/other');
    const states = [first, second, later].map((job) => deliveryOf(bench, job?.id as never));
    expect(states.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
      ['stopped', 1],
      ['stopped', 0],
      ['stopped', 0],
    ]);
    expect(states[1]?.reason).toContain('410');
    expect(openPost(bench).message.job_id).toBe(other.id);
    await answerOpen(bench);
    await bench.runner.callbacks.send([again(later, { deliveryId: deliveryOf(bench, later.id).id })]);
    await answerOpen(bench);
    expect(deliveryOf(bench, later.id).state).toBe('delivered');
    await endJob(bench);
    expect(bench.sender.open()).toHaveLength(1);
  });
});
