import { describe, expect, it } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { startReceiver } from '../callback/harness.ts';
import {
  allEvents,
  endlessJob,
  fileAppears,
  job,
  nodeJob,
  onceEndlessJob,
  open,
  startApplication,
  statusesOf,
  storedJob,
  temporaryDirectory,
} from './harness.ts';

describe('kill -9 of the application', () => {
  it('in the middle of jobs: each is finished, rerun or failed as it says, and no process is left', async () => {
    const directory = temporaryDirectory();
    const done = nodeJob('');
    const fails = endlessJob();
    const reruns = onceEndlessJob(`${directory}/was-here`, { on_interrupt: 'rerun' });
    const application = startApplication(directory, [done, fails, reruns]);
    await Promise.all([
      application.saw('ended', done),
      application.saw('started', fails),
      application.saw('started', reruns),
    ]);
    await fileAppears(`${directory}/was-here`);
    await application.kill();

    const workspace = await open(directory);
    expect(await workspace.runner.start()).toEqual({
      failed: [fails.id],
      requeued: [reruns.id],
      waiting: [],
    });
    await workspace.runner.idle();
    expect(statusesOf(workspace, done)).toBe('pending running completed');
    expect(statusesOf(workspace, fails)).toBe('pending running failed');
    expect(statusesOf(workspace, reruns)).toBe('pending running pending running completed');
    expect(jobdeckOf(storedJob(workspace, fails))?.error).toEqual({
      code: 'interrupted',
      message: 'Jobdeck ended while this attempt was running.',
    });
    const events = allEvents(workspace);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  it('while a callback is on its way: it is sent again, and the status does not change', async () => {
    const directory = temporaryDirectory();
    let isFirst = true;
    const { url, posts, received } = await startReceiver((response) => {
      // The first one is never answered: its sender is killed while it waits.
      if (!isFirst) response.writeHead(204).end();
      isFirst = false;
    });
    const works = job({ task: { kind: 'command', shell: 'echo hi' } }, url);
    const application = startApplication(directory, [works]);
    await received(1);
    await application.kill();

    const workspace = await open(directory);
    expect(storedJob(workspace, works)).toMatchObject({ status: 'completed', callback_sent_at: null });
    await workspace.runner.start();
    await workspace.runner.idle();
    expect(posts).toHaveLength(2);
    expect(posts[1]?.body).toBe(posts[0]?.body);
    expect(storedJob(workspace, works)).toMatchObject({ status: 'completed', callback_status_code: 204 });
  });
});
