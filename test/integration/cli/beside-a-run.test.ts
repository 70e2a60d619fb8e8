import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { type Folder, isAlive, makeFolder, parseLines, stateOf, waitingFor } from './harness.ts';

/** A run of one job at a time, whose first job has begun. It is killed at the end of the test. */
async function running(jobs: (folder: Folder) => BatchJob[], more: string[] = []) {
  const folder = makeFolder();
  const made = jobs(folder);
  folder.writeJobs('jobs.ndjson', made);
  const owner = folder.start(['run', 'jobs.ndjson', '--data', 'data', '--slots', '1', '--quiet', ...more], {
    ownGroup: true,
  });
  await folder.appears('first');
  const on = (...argv: string[]) => folder.run([...argv, '--data', 'data']);
  return { folder, owner, on, jobs: made, ids: made.map(({ id }) => id) };
}

describe('beside a run', () => {
  it('list and show say what is there, by the beginning of an id', async () => {
    const { folder, owner, on, ids } = await running((own) => [
      own.shell(1, waitingFor('go', 'first'), { name: 'First\u001b[31m' }),
      own.shell(2, 'true', { name: 'Second' }),
    ]);
    const table = (await on('list')).stdout.split('\n');
    expect(table[0]).toMatch(/^ID +STATUS +KIND +PROGRESS +CHANGED +NAME$/u);
    expect(table[1]).toMatch(/^job-[0-9a-f]{8} +running +command +\d+ s ago +First \[31m$/u);
    expect(table[2]).toMatch(/^job-[0-9a-f]{8} +pending +command +\d+ s ago +Second$/u);
    const [shortId = ''] = (table[1] ?? '').split(' ');
    expect(JSON.parse((await on('show', shortId)).stdout)).toMatchObject({ id: ids[0], status: 'running' });
    const listed = parseLines((await on('list', '--json', '--status', 'pending')).stdout);
    expect(listed).toMatchObject([{ id: ids[1], status: 'pending' }]);
    folder.write('go', '');
    expect((await owner.outcome).code).toBe(0);
    const after = await on('list', '--status', 'completed');
    expect(after.stdout.match(/completed/gu)).toHaveLength(2);
    expect(await on('show', 'job-0000')).toMatchObject({ code: 2, stdout: '' });
  });

  it('log prints what was written, and follows to the end over a failed attempt and the next', async () => {
    const { folder, owner, on, ids } = await running((own) => [
      own.shell(
        1,
        `[ -e first ] && { echo again; echo err >&2; exit 0; }; ${waitingFor('go', 'first')}; echo over; exit 3`,
        { retry: { max_attempts: 2, backoff_ms: 1 } },
      ),
    ]);
    expect((await on('log', String(ids[0]))).stdout).toBe('begun\n');
    const following = folder.start(['log', String(ids[0]), '--follow', '--data', 'data']);
    await following.printed('begun');
    folder.write('go', '');
    expect(await following.outcome).toMatchObject({ code: 0, stdout: 'begun\nover\nagain\n' });
    expect((await owner.outcome).code).toBe(0);
    expect((await on('log', String(ids[0]), '--attempt', '1')).stdout).toBe('begun\nover\n');
    expect((await on('log', String(ids[0]), '--stderr')).stdout).toBe('err\n');
    expect((await on('log', String(ids[0]), '--attempt', '3')).code).toBe(2);
  });

  it('cancel ends what runs with its processes, and what waits at once', async () => {
    const { folder, owner, on, ids } = await running((own) => [
      own.shell(1, waitingFor('never', 'first')),
      own.shell(2, 'touch ran'),
      own.shell(3, 'true'),
    ]);
    const cancelled = await on('cancel', String(ids[0]), String(ids[1]));
    expect(cancelled).toMatchObject({ code: 0, stdout: `${ids[0]} cancelled\n${ids[1]} cancelled\n` });
    expect(isAlive(Number(folder.read('first')))).toBe(false);
    const { code, stdout } = await owner.outcome;
    expect(code).toBe(1);
    expect(parseLines<BatchJob>(stdout).map(({ id, status }) => [id, status])).toEqual(
      expect.arrayContaining([
        [ids[0], 'cancelled'],
        [ids[1], 'cancelled'],
        [ids[2], 'completed'],
      ]),
    );
    const again = await on('cancel', String(ids[2]));
    expect(again).toMatchObject({ code: 1, stderr: `${ids[2]} has ended before: it is completed.\n` });
  });

  it('queue takes no name that a window would refuse, beside a run and after it', async () => {
    const { folder, owner, on } = await running((own) => [own.shell(1, waitingFor('go', 'first'))]);
    const refused = async () => {
      for (const name of ['', 'q'.repeat(101)]) {
        const answer = await on('queue', name, '--pause');
        expect(answer).toMatchObject({ code: 2, stderr: expect.stringContaining('/name: Expected') });
      }
    };
    await refused();
    folder.write('go', '');
    await owner.outcome;
    await refused();
  });

  it('queue pauses and goes on, and add hands over more', async () => {
    const { folder, owner, on, ids } = await running((own) => [
      own.shell(1, waitingFor('go', 'first')),
      own.shell(2, 'true'),
    ]);
    expect((await on('queue', '--pause', '--slots', '1')).stdout).toMatch(/default +paused +1 +1 +1/u);
    folder.writeJobs('more.ndjson', [folder.shell(3, 'echo more')]);
    expect(await on('add', 'more.ndjson')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/added\n$/u),
    });
    folder.write('go', '');
    await owner.printed(String(ids[0]));
    expect((await on('queue')).stdout).toMatch(/default +paused +1 +0 +2/u);
    expect((await on('queue', '--resume')).stdout).toMatch(/default +open/u);
    const { code, stdout } = await owner.outcome;
    expect(code).toBe(0);
    expect(parseLines(stdout)).toHaveLength(3);
  });

  it('suspend stops the processes where they are, and continue lets them go on', async () => {
    const { folder, owner, on, ids } = await running((own) => [own.shell(1, waitingFor('go', 'first'))]);
    expect(await on('suspend', String(ids[0]))).toMatchObject({
      code: 0,
      stdout: `${ids[0]} stands still\n`,
    });
    expect(stateOf(Number(folder.read('first')))).toBe('T');
    folder.write('go', '');
    expect((await on('continue', String(ids[0]))).code).toBe(0);
    expect((await owner.outcome).code).toBe(0);
    expect(await on('suspend', String(ids[0]))).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('where nobody runs the jobs', () => {
  it('list says what a kill interrupted, and cancel settles and cancels without running anything', async () => {
    const { folder, owner, on, ids } = await running((own) => [
      own.shell(1, waitingFor('never', 'first')),
      own.shell(2, 'touch ran'),
      own.shell(3, 'touch ran'),
    ]);
    owner.child.kill('SIGKILL');
    await owner.outcome;
    expect((await on('list')).stdout).toMatch(/interrupted[\s\S]*pending[\s\S]*pending/u);
    expect(await on('cancel', String(ids[1]))).toMatchObject({ code: 0, stdout: `${ids[1]} cancelled\n` });
    expect(parseLines<BatchJob>((await on('list', '--json')).stdout).map(({ status }) => status)).toEqual([
      'failed',
      'cancelled',
      'pending',
    ]);
    expect((await on('queue', 'default', '--pause')).stdout).toMatch(/default +paused +all +0 +1/u);
    expect(() => folder.read('ran')).toThrow('ENOENT');
    const followed = await on('log', String(ids[2]), '--follow');
    expect(followed).toMatchObject({ code: 0, stderr: expect.stringContaining('"resume" goes on') });
  });

  it('add leaves jobs for resume', async () => {
    const folder = makeFolder();
    folder.writeJobs('jobs.ndjson', [folder.shell(1, 'echo hi')]);
    expect((await folder.run(['add', 'jobs.ndjson', '--data', 'data'])).code).toBe(0);
    const { code, stdout } = await folder.run(['resume', '--data', 'data', '--quiet']);
    expect(code).toBe(0);
    expect(parseLines(stdout)).toMatchObject([{ status: 'completed' }]);
  });
});
