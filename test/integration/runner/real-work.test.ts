import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { callbackOriginsOf } from '../../../src-main/adapters/callback-origins.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { startReceiver } from '../callback/harness.ts';
import {
  allEvents,
  endlessJob,
  eventOf,
  fileAppears,
  job,
  nodeJob,
  onceEndlessJob,
  open,
  resultOf,
  statusesOf,
  storedJob,
  temporaryDirectory,
} from './harness.ts';

describe('the runner with real processes', () => {
  it('runs commands, shell lines and scripts, and leaves valid documents', async () => {
    const workspace = await open(temporaryDirectory());
    const works = nodeJob(`process.stdout.write('out'); process.stderr.write('err')`);
    const fails = job({ task: { kind: 'command', shell: 'echo before; exit 3' } });
    const script = job({
      task: {
        kind: 'script',
        interpreter: 'sh',
        source: 'cat; echo "$WHO"',
        stdin: 'in ',
        env: { WHO: 'me' },
      },
    });
    await workspace.runner.start();
    await workspace.runner.submit([works, fails, script]);
    await workspace.runner.idle();

    expect(storedJob(workspace, works)).toMatchObject({ status: 'completed', stop_reason: 'end_turn' });
    expect(resultOf(workspace, works)).toMatchObject({ exit_code: 0, stdout: 'out', stderr: 'err' });
    expect(storedJob(workspace, fails)).toMatchObject({ status: 'failed', stop_reason: 'error' });
    expect(jobdeckOf(storedJob(workspace, fails))?.error?.code).toBe('exit-code');
    expect(resultOf(workspace, script)?.stdout).toBe('in me\n');
    for (const { job } of allEvents(workspace)) expect(isJob(job)).toBe(true);
    const { ttft_ns, total_duration_ns } = storedJob(workspace, works);
    expect(Number(total_duration_ns)).toBeGreaterThanOrEqual(Number(ttft_ns));
    expect(Number(ttft_ns)).toBeGreaterThan(0);
  });

  it('cancels a running job and leaves no process', async () => {
    const workspace = await open(temporaryDirectory());
    const runs = endlessJob();
    await workspace.runner.start();
    const started = eventOf(workspace, ({ type }) => type === 'started');
    await workspace.runner.submit([runs]);
    await started;
    const output = { jobId: runs.id, attempt: 1, stream: 'stdout' } as const;
    let pid = 0;
    while (pid === 0) {
      const { bytes } = await workspace.readOutput({ ...output, offset: 0, maxBytes: 100 });
      pid = Number(new TextDecoder().decode(bytes));
    }
    await workspace.runner.cancel([runs.id]);
    await workspace.runner.idle();
    expect(statusesOf(workspace, runs)).toBe('pending running cancelled');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('holds a callback that leads to this machine until its owner allows that, and then sends it', async () => {
    const { url, posts } = await startReceiver();
    const workspace = await open(temporaryDirectory());
    const works = job({ task: { kind: 'command', shell: 'echo hi' } }, url);
    await workspace.runner.start();
    await workspace.runner.submit([works]);
    await workspace.runner.idle();
    const [held] = workspace.deliveries.page('held', null, 10);
    expect(held).toMatchObject({ jobId: works.id, reason: expect.stringContaining('127.0.0.1') });
    expect(posts).toEqual([]);
    await workspace.runner.callbacks.allow(callbackOriginsOf([works]));
    await workspace.runner.callbacks.settled();
    expect(posts).toHaveLength(1);
    expect(workspace.deliveries.page('delivered', null, 10).map(({ id }) => id)).toEqual([held?.id]);
  });

  it('posts the result, records it, and hands both events over', async () => {
    const { url, posts } = await startReceiver();
    const workspace = await open(temporaryDirectory());
    const works = job({ task: { kind: 'command', shell: 'echo hi' } }, url);
    await workspace.runner.start();
    await workspace.runner.callbacks.allow(callbackOriginsOf([works]));
    await workspace.runner.submit([works]);
    await workspace.runner.idle();
    expect(posts).toHaveLength(1);
    expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({
      job_id: works.id,
      status: 'completed',
      metadata: { jobdeck: { result: { stdout: 'hi\n' } } },
    });
    expect(storedJob(workspace, works)).toMatchObject({ callback_status_code: 200, callback_error: null });
    expect(statusesOf(workspace, works)).toBe('pending running completed completed');
  });

  it('forgets a job with its output files', async () => {
    const workspace = await open(temporaryDirectory());
    const works = job({ task: { kind: 'command', shell: 'echo hi' } });
    await workspace.runner.start();
    await workspace.runner.submit([works]);
    await workspace.runner.idle();
    const output = { jobId: works.id, attempt: 1, stream: 'stdout' } as const;
    expect(await workspace.outputPath(output)).not.toBeNull();
    // Acknowledged first: then the output is all that is left of the job.
    const { outbox } = workspace.runner;
    const { journalId, head } = outbox.pull({ cursor: null, limit: 10 });
    outbox.acknowledge({ journalId, seq: head });
    expect(await workspace.runner.forget([works.id])).toEqual([]);
    expect(await workspace.outputPath(output)).toBeNull();
  });

  it('stops as an interruption, and goes on at the next start', async () => {
    const directory = temporaryDirectory();
    const first = await open(directory, { slots: 2 });
    const [fails, reruns] = [
      endlessJob(),
      onceEndlessJob(`${directory}/was-here`, { on_interrupt: 'rerun' }),
    ];
    await first.runner.start();
    const started = Promise.all(
      [fails, reruns].map(({ id }) =>
        eventOf(first, (event) => event.type === 'started' && event.jobId === id),
      ),
    );
    await first.runner.submit([fails, reruns]);
    await started;
    await fileAppears(`${directory}/was-here`);
    await first.close();

    const second = await open(directory);
    expect(await second.runner.start()).toEqual({ failed: [], requeued: [], waiting: [reruns.id] });
    await second.runner.idle();
    expect(statusesOf(second, fails)).toBe('pending running failed');
    expect(statusesOf(second, reruns)).toBe('pending running pending running completed');
  });
});
